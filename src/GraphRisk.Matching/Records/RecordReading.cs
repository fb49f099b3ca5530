using System.Collections.Immutable;

namespace GraphRisk.Matching.Records;

/// <summary>Records as read from files, and what became of their columns.</summary>
/// <param name="Table">The records.</param>
/// <param name="Truth">Number of each record's real entity, -1 where the truth does not say; null where there is none.</param>
/// <param name="Columns">What each column was taken for, in the order of the files.</param>
/// <param name="Refused">The first rows that could not be read.</param>
/// <param name="RefusedCount">How many could not.</param>
public sealed record RecordReading(
    RecordTable Table, int[]? Truth, ImmutableArray<ColumnFinding> Columns, ImmutableArray<RefusedRow> Refused, long RefusedCount);
