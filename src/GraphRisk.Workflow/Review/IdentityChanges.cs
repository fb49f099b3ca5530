using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Workflow.Review;

/// <summary>What became of a party's identity.</summary>
public enum IdentityChangeKind
{
    /// <summary>Several parties are one now; the ids of the others lead to the one whose record was known first.</summary>
    Merged,

    /// <summary>One party is several now; its id stays with the part that has its first record.</summary>
    Split,
}

/// <summary>A party that took others in, or came apart.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Party">Its node now.</param>
/// <param name="Id">Its id.</param>
/// <param name="Largest">
/// Of a split the part that has most of the records the party had, of several the one known first: whom those follow who keep the party under an id of their own. Of a
/// merger the party.
/// </param>
/// <param name="From">Ids of the parties before, of which it was made. Ascending.</param>
/// <param name="Others">Of a merger the ids that lead to it now and were parties of their own; of a split the ids of the parts that left it. Ascending.</param>
public sealed record IdentityChange(IdentityChangeKind Kind, int Party, NodeId Id, int Largest, ImmutableArray<NodeId> From, ImmutableArray<NodeId> Others);

/// <summary>
/// Who became one, and who came apart, between two states of knowledge, so that those who keep ids of their own can follow: each record is
/// looked up in both. Records that were not known before, or are not any more, change no identity. Cost: a pass over both.
/// </summary>
public static class IdentityChanges
{
    /// <summary>The changes, by id, mergers before splits.</summary>
    /// <param name="before">Nodes of the earlier state.</param>
    /// <param name="after">Nodes of the later state.</param>
    /// <param name="meter">Pays for each node looked at.</param>
    public static ImmutableArray<IdentityChange> Between(NodeTable before, NodeTable after, WorkMeter meter)
    {
        var changes = new List<IdentityChange>();
        foreach (var (node, parts) in PartsOf(after, before, meter))
            if (OthersThan(after.IdOf(node), parts.Select(before.IdOf).Where(id => after.Find(id) == node)) is { IsEmpty: false } gone)
                changes.Add(new IdentityChange(IdentityChangeKind.Merged, node, after.IdOf(node), node, [.. parts.Select(before.IdOf).Order()], gone));
        foreach (var (node, parts) in PartsOf(before, after, meter))
        {
            var kept = after.Find(before.IdOf(node)) is >= 0 and var heir ? heir : parts.MinBy(after.IdOf);
            var records = before.MembersOf(node).GroupBy(after.Find).ToDictionary(part => part.Key, part => part.Count());
            var largest = parts.OrderByDescending(part => records[part]).ThenBy(part => part).First();
            changes.Add(new IdentityChange(IdentityChangeKind.Split, kept, after.IdOf(kept), largest, [before.IdOf(node)], OthersThan(after.IdOf(kept), parts.Select(after.IdOf))));
        }

        return [.. changes.OrderBy(change => change.Id).ThenBy(change => change.Kind)];
    }

    /// <summary>Joined nodes whose records are several nodes of the other table, with these.</summary>
    private static IEnumerable<(int Node, int[] Parts)> PartsOf(NodeTable table, NodeTable other, WorkMeter meter)
    {
        for (var node = 0; node < table.Count; node++)
        {
            meter.Charge(WorkUnit.Nodes, 1);
            if (!table.IsNode(node) || table.MembersOf(node) is not { Length: > 1 } records) continue;
            int[] parts = [.. records.Select(other.Find).Where(part => part >= 0).Distinct()];
            if (parts.Length > 1) yield return (node, parts);
        }
    }

    private static ImmutableArray<NodeId> OthersThan(NodeId id, IEnumerable<NodeId> ids) => [.. ids.Where(other => other != id).Order()];
}
