using System.Globalization;

namespace GraphRisk.Graph.Facts;

/// <summary>
/// What stands in the log in the place of a recording that was erased: it keeps the recording's number, version, kind and source, so that the log has no gap and its versions are what they were, and
/// tells nothing else. A node of an erasure has a key of its own. A tombstone has no properties and begins to hold at the end of time, after every instant that is asked for, so no reading meets it.
/// </summary>
public static class Tombstone
{
    private const string Prefix = "erased:";

    /// <summary>The first instant at which none but tombstones begin.</summary>
    public static DateTimeOffset Begin { get; } = Validity.EndOfTime.AddMilliseconds(1);

    /// <summary>Key of a node that was erased.</summary>
    /// <param name="erasure">Number of the erasure in its store, from 1.</param>
    /// <param name="node">Number of the node in it.</param>
    public static string KeyOf(long erasure, long node) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{erasure}-{node}");

    /// <summary>Key of the record of a tombstone: which recording of its fact it stands for, so that two of one fact are not the same.</summary>
    /// <param name="recording">From 1; a retraction has that of the recording before it.</param>
    public static string RecordOf(long recording) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{recording}");

    /// <summary>When the tombstones of a fact begin to hold: another instant for each, by which those about the same nodes are told apart.</summary>
    /// <param name="fact">Number of the fact in its erasure, from 0.</param>
    public static Validity ValidityOf(long fact) => new(Begin.AddMilliseconds(fact), DateTimeOffset.MaxValue);

    /// <summary>Whether a fact is a tombstone.</summary>
    public static bool Is(Fact fact) => fact.Properties.Count == 0 && fact.Validity.From >= Begin && fact.Ends.Any(node => node.Key.StartsWith(Prefix, StringComparison.Ordinal));
}
