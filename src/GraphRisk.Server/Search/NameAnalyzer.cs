using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Util;

namespace GraphRisk.Server.Search;

/// <summary>Words of folded text: Latin words and numbers as they are, Chinese as overlapping pairs of characters.</summary>
internal sealed class NameAnalyzer : Analyzer
{
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var words = new StandardTokenizer(LuceneVersion.LUCENE_48, reader);
        return new TokenStreamComponents(words, new CJKBigramFilter(new LowerCaseFilter(LuceneVersion.LUCENE_48, words)));
    }
}
