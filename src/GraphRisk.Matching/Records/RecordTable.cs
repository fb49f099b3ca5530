using System.Collections.Immutable;

namespace GraphRisk.Matching.Records;

/// <summary>
/// Records to be matched, column by column. A record is a number from 0 in the order of delivery; a value is a number within its
/// attribute, in the order of first appearance, so that equality is one comparison of integers and a similarity is computed once
/// for two values and not once for two records. Immutable; safe for concurrent reads.
/// </summary>
/// <param name="Attributes">The columns.</param>
/// <param name="Keys">Key of each record within its source; unique there.</param>
/// <param name="Sources">The sources, in order of delivery.</param>
/// <param name="SourceOf">Number of the source of each record.</param>
public sealed record RecordTable(
    ImmutableArray<RecordAttribute> Attributes, ImmutableArray<string> Keys, ImmutableArray<string> Sources, ImmutableArray<byte> SourceOf)
{
    /// <summary>Number of records.</summary>
    public int Count => Keys.Length;
}
