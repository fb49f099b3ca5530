using GraphRisk.Matching.Names;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Romanisation = GraphRisk.Matching.Names.Pinyin;

namespace GraphRisk.Server.Search;

/// <summary>The readings of the Chinese characters of a name as words, all of one character at its position; other characters leave their positions empty.</summary>
internal sealed class SyllableStream : TokenStream
{
    private readonly ICharTermAttribute term;
    private readonly IPositionIncrementAttribute increment;
    private readonly List<(string Reading, int Step)> syllables = [];
    private int next;

    public SyllableStream(string key)
    {
        term = AddAttribute<ICharTermAttribute>();
        increment = AddAttribute<IPositionIncrementAttribute>();
        var step = 0;
        for (var at = 0; at < key.Length; at++)
        {
            step++;
            if (!HanScript.IsHan(key[at])) continue;
            foreach (var reading in Romanisation.ReadingsAt(key, at))
            {
                syllables.Add((reading, step));
                step = 0;
            }
        }
    }

    public override void Reset()
    {
        base.Reset();
        next = 0;
    }

    public override bool IncrementToken()
    {
        if (next == syllables.Count) return false;
        ClearAttributes();
        term.SetEmpty().Append(syllables[next].Reading);
        increment.PositionIncrement = syllables[next].Step;
        next++;
        return true;
    }
}
