using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Util;

namespace GraphRisk.Server.Search;

/// <summary>Words of folded text: Latin words and numbers as they are, Chinese as overlapping pairs of characters, or one by one.</summary>
internal sealed class NameAnalyzer() : Analyzer(PER_FIELD_REUSE_STRATEGY)
{
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new StandardTokenizer(LuceneVersion.LUCENE_48, reader);
        var lower = new LowerCaseFilter(LuceneVersion.LUCENE_48, words);
        return new TokenStreamComponents(words, fieldName == IndexedText.Characters ? lower : new CJKBigramFilter(lower));
    }
}
