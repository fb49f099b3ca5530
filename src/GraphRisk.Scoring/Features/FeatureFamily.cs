using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Contagion;

namespace GraphRisk.Scoring.Features;

/// <summary>Features that are read off the same facts. Families are added in <see cref="FeatureSet"/>.</summary>
internal abstract class FeatureFamily
{
    /// <summary>The features, in the order of their columns.</summary>
    public abstract IReadOnlyList<Feature> Features { get; }

    /// <summary>A reader over one reading; one per thread, since it may keep a scratch list.</summary>
    public abstract IFeatureReader Open(MarketReading market, Neighbourhoods around, WorkMeter meter);
}

/// <summary>Writes the values of one family for one client.</summary>
internal interface IFeatureReader
{
    /// <param name="node">Node of the client.</param>
    /// <param name="party">Its number among <see cref="Parties"/>.</param>
    /// <param name="into">As long as the family has features; NaN is "not known".</param>
    void Read(int node, int party, Span<float> into);
}

/// <summary>
/// A family whose features are a table: the facts of a client are gathered once into <typeparamref name="TFacts"/>, and
/// each row of the table says what to take of them.
/// </summary>
internal abstract class FeatureFamily<TFacts> : FeatureFamily
{
    private IReadOnlyList<Feature>? features;

    /// <summary>One row per feature.</summary>
    protected abstract IReadOnlyList<(Feature Feature, Func<TFacts, double> Value)> Table { get; }

    public sealed override IReadOnlyList<Feature> Features => features ??= [.. Table.Select(row => row.Feature)];

    public sealed override IFeatureReader Open(MarketReading market, Neighbourhoods around, WorkMeter meter) =>
        new Reader(Gather(market, around, meter), [.. Table.Select(row => row.Value)]);

    /// <summary>How the facts of a client (node, party) are gathered; the meter pays for what is gathered over all parties.</summary>
    /// <param name="market">The reading.</param>
    /// <param name="around">Those around a client; asked by whatever speaks of others.</param>
    /// <param name="meter">Pays.</param>
    protected abstract Func<int, int, TFacts> Gather(MarketReading market, Neighbourhoods around, WorkMeter meter);

    private sealed class Reader(Func<int, int, TFacts> gather, Func<TFacts, double>[] values) : IFeatureReader
    {
        public void Read(int node, int party, Span<float> into)
        {
            var facts = gather(node, party);
            for (var i = 0; i < values.Length; i++)
                into[i] = (float)values[i](facts);
        }
    }
}
