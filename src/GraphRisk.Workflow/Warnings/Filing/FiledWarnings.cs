using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings.Filing;

/// <summary>The warnings of one broker, as its own snapshot holds them. One pass over them; immutable.</summary>
public sealed class FiledWarnings
{
    private readonly Snapshot snapshot;
    private readonly ILookup<int, FiledWarning> byClient;

    private FiledWarnings(Snapshot snapshot, ImmutableArray<FiledWarning> all) => (this.snapshot, All, byClient) = (snapshot, all, all.ToLookup(one => one.Client));

    /// <summary>What they were read from.</summary>
    public Snapshot Snapshot => snapshot;

    /// <summary>All of them, by id.</summary>
    public ImmutableArray<FiledWarning> All { get; }

    /// <summary>The warnings a broker's snapshot holds.</summary>
    public static FiledWarnings Of(Snapshot snapshot) =>
        new(snapshot, [.. snapshot.Nodes.OfType("Warning").ToArray().Select(node => Read(snapshot, node)).OfType<FiledWarning>().OrderBy(one => one.Id)]);

    /// <summary>A warning of a snapshot; null where its client is not told.</summary>
    public static FiledWarning? Read(Snapshot snapshot, int node)
    {
        var nodes = snapshot.Nodes;
        var client = snapshot.Relationship("CASE_OF").Out.Neighbours(node);
        if (client.IsEmpty || nodes.GetString(node, "state") is not { } state) return null;
        return new FiledWarning(
            nodes.IdOf(node), client[0], state, SeverityOf(snapshot, node), nodes.GetString(node, "team") ?? "", nodes.GetDate(node, "dueOn"), nodes.GetDate(node, "snoozedUntil"),
            [
                .. snapshot.Relationship("SIGN_OF").In.Neighbours(node).ToArray().Distinct()
                    .Select(sign => new FiledSign(nodes.GetString(sign, "rule")!, nodes.GetDate(sign, "foundOn")!.Value, SeverityOf(snapshot, sign))).OrderBy(sign => sign.FoundOn).ThenBy(sign => sign.Rule, StringComparer.Ordinal),
            ]);
    }

    /// <summary>The warning of a client that is not settled; null where there is none.</summary>
    public FiledWarning? OpenOf(NodeId client) => Of(client).FirstOrDefault(one => !CaseKind.Warning.Table.IsFinal(one.State));

    /// <summary>Day of the last sign of a client by a rule before a day; null where there was none.</summary>
    public DateOnly? LastSign(NodeId client, string rule, DateOnly before)
    {
        DateOnly? last = null;
        foreach (var sign in Of(client).SelectMany(one => one.Signs))
            if (sign.Rule == rule && sign.FoundOn < before && !(sign.FoundOn <= last)) last = sign.FoundOn;
        return last;
    }

    /// <summary>Whether a client was warned of by a rule on a day.</summary>
    public bool Holds(NodeId client, string rule, DateOnly day) => Of(client).Any(one => one.Signs.Any(sign => sign.Rule == rule && sign.FoundOn == day));

    private IEnumerable<FiledWarning> Of(NodeId client) => snapshot.Nodes.Find(client) is >= 0 and var node ? byClient[node] : [];

    private static WarningSeverity SeverityOf(Snapshot snapshot, int node) => Enum.Parse<WarningSeverity>(snapshot.Nodes.GetString(node, "severity")!, ignoreCase: true);
}
