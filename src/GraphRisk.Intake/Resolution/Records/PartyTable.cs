using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Resolution.Blocking;

namespace GraphRisk.Intake.Resolution.Records;

/// <summary>
/// The party records by ordinal, a number given as they are met. Which of two comes first is settled by their ids and never by ordinals: a record
/// that goes and comes again, or came in another order, is judged as it was. Not thread-safe while changed.
/// </summary>
public sealed class PartyTable
{
    private readonly List<PartyRecord?> records = [];
    private readonly List<NodeId> ids = [];
    private readonly Dictionary<NodeId, int> ordinals = [];

    /// <summary>Number of ordinals given out, records that have gone among them.</summary>
    public int Count => records.Count;

    /// <summary>The record; null where all its facts were taken back.</summary>
    public PartyRecord? this[int ordinal] => records[ordinal];

    /// <summary>The node of an ordinal, whether its record is there or gone.</summary>
    public NodeId IdOf(int ordinal) => ids[ordinal];

    /// <summary>The record of an ordinal that stands in a block or a judgement.</summary>
    /// <exception cref="InvalidOperationException">The record has gone.</exception>
    public PartyRecord Present(int ordinal) =>
        records[ordinal] ?? throw new InvalidOperationException($"Party record {ordinal} has gone but is still compared.");

    /// <summary>Hash of a record's id.</summary>
    public ulong IdKeyOf(int ordinal) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(ids[ordinal].Key.AsSpan()));

    /// <summary>Two records in the order of their ids.</summary>
    public (int Left, int Right) Ordered(int left, int right) => ids[left] < ids[right] ? (left, right) : (right, left);

    /// <summary>Name key of a record, for counting names.</summary>
    public ulong NameKeyOf(int ordinal) => records[ordinal] is { } record ? BlockKeys.NameKeyOf(record) : 0;

    /// <summary>The ordinal of a node.</summary>
    public bool TryFind(NodeId id, [NotNullWhen(true)] out int? ordinal)
    {
        ordinal = ordinals.TryGetValue(id, out var found) ? found : null;
        return ordinal is not null;
    }

    /// <summary>The ordinal of a node, a new one where it was not known.</summary>
    public int OrdinalOf(NodeId id)
    {
        if (ordinals.TryGetValue(id, out var ordinal)) return ordinal;
        ordinals.Add(id, records.Count);
        ids.Add(id);
        records.Add(null);
        return records.Count - 1;
    }

    /// <summary>Adds what another fact says of a record.</summary>
    public void Add(PartyRecord part)
    {
        var ordinal = OrdinalOf(part.Id);
        records[ordinal] = records[ordinal]?.With(part) ?? part;
    }

    /// <summary>Puts a record in place of what was known; null where it has gone.</summary>
    public void Replace(int ordinal, PartyRecord? record) => records[ordinal] = record;
}
