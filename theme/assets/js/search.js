/* What is typed into the search, put to Material's index as the index is built (plugins/qunju/site/search.py):
   every pair of neighbouring Chinese characters of a word must be there, 台 and 臺 are one, and the word itself goes
   along so that it is highlighted. Material alone drops the end of most Chinese queries, and reads MEM-07 as MEM
   without 07. */
(() => {
  const QUERY = 2  // SearchMessageType.QUERY of Material's worker
  const segmenter = typeof Intl.Segmenter === "function" && new Intl.Segmenter("zh-TW", { granularity: "word" })

  /* 池上便當 is two words; what the browser does not know, it gives as single characters, which stay together. */
  const cut = run => segmenter
    ? [...segmenter.segment(run)].reduce((words, { segment }) => {
        const last = words.length - 1
        if (last >= 0 && (segment.length === 1 || words[last].length === 1)) words[last] += segment
        else words.push(segment)
        return words
      }, [])
    : [run]

  const ask = word => {
    const folded = word.replaceAll("台", "臺")
    const characters = [...folded]
    const pairs = characters.slice(1).map((character, index) => `+${characters[index]}_${character}`)
    return [...new Set([word, folded, folded.replaceAll("臺", "台")]), ...pairs].join(" ")
  }

  const expand = query => query
    .replace(/\p{Script=Han}{2,}/gu, run => ` ${cut(run).map(ask).join(" ")} `)
    .replace(/[a-z0-9]+(?:-[a-z0-9]+)+/gi, word => word.split("-").map(part => `+${part}*`).join(" "))  // MEM-07

  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (message, ...rest) {
    const query = message?.type === QUERY && typeof message.data === "string"
    return post.call(this, query ? { ...message, data: expand(message.data) } : message, ...rest)
  }
})()
