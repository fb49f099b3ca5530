using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace GraphRisk.Server.Search;

/// <summary>
/// Scores a text by the words it has of those looked for and by its length, and by nothing else. How rare a word is among all
/// texts does not count: that would tell a viewer, by the order of its own hits, of texts it may not read.
/// </summary>
internal sealed class SameWords : DefaultSimilarity
{
    public static SameWords Similarity { get; } = new();

    public override float Idf(long docFreq, long numDocs) => 1;

    public override float Tf(float freq) => 1;

    public override float QueryNorm(float sumOfSquaredWeights) => 1;

    /// <summary>Makes searchers that score so.</summary>
    internal sealed class Searchers : SearcherFactory
    {
        public override IndexSearcher NewSearcher(IndexReader reader) => new(reader) { Similarity = Similarity };
    }
}
