using GraphQL.Execution;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Budget;

/// <summary>How many items a list usually has; null where nothing is known of it.</summary>
/// <param name="type">The type the field stands on.</param>
/// <param name="field">The field.</param>
/// <param name="made">The type of what it leads to.</param>
internal delegate double? ListLengths(string type, string field, string made);

/// <summary>What a field that leads on would touch.</summary>
/// <param name="Path">Where it stands in the answer.</param>
/// <param name="Field">The field, as Type.field.</param>
/// <param name="Times">How often it is asked at worst.</param>
/// <param name="UsualTimes">How often usually.</param>
/// <param name="Items">What it leads to each time at worst.</param>
/// <param name="UsualItems">What usually.</param>
internal sealed record ExplainedField(string Path, string Field, double Times, double UsualTimes, double Items, double UsualItems);

/// <summary>What a question would spend of a unit.</summary>
internal sealed record ExplainedUnit(CostUnit Unit, double Worst, double Usual, long Limit);

/// <summary>
/// What a question would touch, before it is asked: <c>"extensions": {"explain": true}</c> is answered so, and nothing else is computed. The worst case
/// is what decides whether a question is begun; what is usual is counted in what there is today, filters aside, and told to whom it may be: to others the
/// worst case is all.
/// </summary>
/// <param name="Refusal">Why it would not be begun; null where it would.</param>
/// <param name="Instants">Pairs of asOf and knownAt it names.</param>
/// <param name="Leeway">How far its worst case may be above the limits.</param>
/// <param name="Units">What it would spend.</param>
/// <param name="Fields">Its fields that lead on, in the order of the document.</param>
/// <param name="TellsUsual">Whether the asker is told what is usual.</param>
internal sealed record QuestionExplanation(
    string? Refusal, int Instants, int Leeway, IReadOnlyList<ExplainedUnit> Units, IReadOnlyList<ExplainedField> Fields, bool TellsUsual)
{
    /// <summary>Most fields that are told; the largest of a question are among its first levels.</summary>
    private const int MostFields = 200;

    /// <summary>As a part of an answer's extensions.</summary>
    public Dictionary<string, object?> ToExtension() => new()
    {
        ["refusal"] = Refusal,
        ["instants"] = Instants,
        ["cost"] = Units.ToDictionary(unit => unit.Unit.Name(), object? (unit) => Told(
            ("worst", Math.Ceiling(unit.Worst)), ("usual", Usual(Math.Ceiling(unit.Usual))), ("limit", unit.Limit), ("begunUpTo", (double)unit.Limit * Leeway))),
        ["fields"] = Fields.Take(MostFields).Select(field => Told(
            ("path", field.Path), ("field", field.Field), ("times", field.Times), ("usualTimes", Usual(Math.Round(field.UsualTimes, 2))),
            ("items", field.Items), ("usualItems", Usual(Math.Round(field.UsualItems, 2))))).ToList(),
    };

    private double? Usual(double number) => TellsUsual ? number : null;

    private static Dictionary<string, object?> Told(params (string Name, object? Value)[] members) =>
        members.Where(member => member.Value is not null).ToDictionary(member => member.Name, member => member.Value);
}

/// <summary>How long lists are in what a viewer may know: nodes of a type at the root, relationships a node on the mean.</summary>
internal sealed class GraphStatistics(GraphSession session)
{
    private const string Connection = "Connection";

    /// <summary>The lengths in what a viewer may know today.</summary>
    public async ValueTask<ListLengths> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        var snapshot = (await session.ViewAsync(viewer, default, cancellation)).Snapshot;
        return (type, field, made) => type == "Query"
            ? made.EndsWith(Connection, StringComparison.Ordinal) && Count(snapshot, made[..^Connection.Length]) is > 0 and var nodes ? nodes : null
            : Mean(snapshot, type, field);
    }

    private static double? Mean(Snapshot snapshot, string type, string field)
    {
        foreach (var relationship in snapshot.Catalog.RelationshipTypes)
            foreach (var (fromStart, end) in ((bool, string)[])[(true, relationship.From), (false, relationship.To)])
                if (ElementNames.FieldOf(relationship, fromStart) == field && (end == type || snapshot.Catalog.FindNode(type)?.Is(end) == true))
                    return (double)snapshot.Relationship(relationship.GraphName).Count / Math.Max(1, Count(snapshot, end));
        return null;
    }

    private static int Count(Snapshot snapshot, string name) =>
        snapshot.Catalog.NodeTypes.Where(type => type.Name == name || type.Is(name)).Sum(type => snapshot.Nodes.OfType(type.Name).Length);
}

/// <summary>Explains a question in the place of answering it: what it throws ends the question before anything of it is resolved.</summary>
internal sealed class ExplainListener(GraphStatistics statistics, BudgetOptions options) : DocumentExecutionListenerBase
{
    /// <summary>The explanation; null until the question was found valid.</summary>
    public QuestionExplanation? Explanation { get; private set; }

    public override async Task BeforeExecutionAsync(IExecutionContext context)
    {
        var request = (RequestContext)context.UserContext!;
        Explanation = QuestionEstimate.Explain(
            context, request.Budget.Limits, options.Leeway, request.Budget.MayKnow ? await statistics.OfAsync(request.Viewer, context.CancellationToken) : null);
        throw new Http.TypedError(Http.ErrorCodes.BadRequest, "The question was explained and not answered.");
    }
}
