using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Workflow.CreditReviews;

/// <summary>A review as it stands.</summary>
/// <param name="Id">Its node.</param>
/// <param name="Client">Node of its client in the snapshot it was read from.</param>
/// <param name="State">What has become of it.</param>
/// <param name="FoundOn">Day on which it was found to be required.</param>
/// <param name="Grade">Grade then, or since; null where it is unknown.</param>
/// <param name="Treatment">How the line is treated; null until it is concluded.</param>
/// <param name="NextOn">Day on which the client is due again; null until it is concluded.</param>
public sealed record FiledReview(NodeId Id, int Client, string State, DateOnly FoundOn, string? Grade, LineTreatment? Treatment, DateOnly? NextOn)
{
    /// <summary>What may be owed at most; null where the line is not to be reduced.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Day by which it is to have come down to that; null where the line is not to be reduced.</summary>
    public DateOnly? ReduceBy { get; init; }

    /// <summary>Whether somebody still has to decide.</summary>
    public bool IsOpen => !CaseKind.CreditReview.Table.IsFinal(State);
}

/// <summary>The reviews of one broker, and when it last decided on its clients' applications, as its own snapshot holds them. One pass over them; immutable.</summary>
public sealed class FiledReviews
{
    private const string Concluded = "CONCLUDED";

    private readonly Snapshot snapshot;
    private readonly ILookup<int, FiledReview> byClient;
    private readonly Dictionary<int, DateOnly> approved = [];

    private FiledReviews(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        All = [.. snapshot.Nodes.OfType(CaseKind.CreditReview.NodeType).ToArray().Select(node => Read(snapshot, node)).OfType<FiledReview>().OrderBy(one => one.Id)];
        byClient = All.ToLookup(one => one.Client);
        foreach (var node in snapshot.Nodes.OfType(CaseKind.Application.NodeType))
        {
            if (snapshot.Nodes.GetString(node, "state") != "APPROVED" || ApplicationFacts.ApprovedOn(snapshot, node) is not { } on) continue;
            foreach (var client in snapshot.Relationship("CASE_OF").Out.Neighbours(node))
                approved[client] = approved.TryGetValue(client, out var before) && before > on ? before : on;
        }
    }

    /// <summary>All of them, by id.</summary>
    public ImmutableArray<FiledReview> All { get; }

    /// <summary>The reviews a broker's snapshot holds.</summary>
    public static FiledReviews Of(Snapshot snapshot) => new(snapshot);

    /// <summary>The review of a client that is not concluded; null where there is none.</summary>
    public FiledReview? OpenOf(NodeId client) => ReviewsOf(client).FirstOrDefault(one => one.IsOpen);

    /// <summary>The review of a client that was concluded last; null where none was.</summary>
    public FiledReview? LastOf(NodeId client) => ReviewsOf(client).Where(one => one.State == Concluded).MaxBy(one => (one.FoundOn, one.Id));

    /// <summary>The review of a client that was concluded last, in the view of its broker or of the supervisor; null where none was.</summary>
    public static FiledReview? LastOf(Snapshot snapshot, int client, int broker) => snapshot.Relationship("CASE_OF").In.Neighbours(client).ToArray()
        .Where(node => snapshot.Nodes.TypeOf(node).Name == CaseKind.CreditReview.NodeType && snapshot.Relationship("HANDLED_BY").Out.Neighbours(node).Contains(broker))
        .Select(node => Read(snapshot, node)).Where(one => one?.State == Concluded).MaxBy(one => (one!.FoundOn, one.Id));

    /// <summary>The records of whom a review is of.</summary>
    public IEnumerable<NodeId> RecordsOf(FiledReview review) => snapshot.Nodes.MembersOf(review.Client);

    /// <summary>The day on which an application of a client was approved last; null where none was.</summary>
    public DateOnly? ApprovedOn(NodeId client) => snapshot.Nodes.Find(client) is >= 0 and var node && approved.TryGetValue(node, out var on) ? on : null;

    private IEnumerable<FiledReview> ReviewsOf(NodeId client) => snapshot.Nodes.Find(client) is >= 0 and var node ? byClient[node] : [];

    private static FiledReview? Read(Snapshot snapshot, int node)
    {
        var nodes = snapshot.Nodes;
        var client = snapshot.Relationship("CASE_OF").Out.Neighbours(node);
        if (client.IsEmpty || nodes.GetString(node, "state") is not { } state || nodes.GetDate(node, "foundOn") is not { } found) return null;
        return new FiledReview(
            nodes.IdOf(node), client[0], state, found, nodes.GetString(node, "grade"),
            nodes.GetString(node, "lineTreatment") is { } treatment ? GradedManagement.Parse(treatment) : null, nodes.GetDate(node, "nextReviewOn"))
        {
            Limit = nodes.GetDecimal(node, "lineLimit"),
            ReduceBy = nodes.GetDate(node, "reduceBy"),
        };
    }
}
