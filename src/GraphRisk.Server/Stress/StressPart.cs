using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Stress;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Stress;

/// <summary>
/// What becomes of calls, sales, defaults and losses in a scenario: <c>stressTest</c>. It runs over the viewer's own view: a broker
/// puts its own records and open sources under stress, so nothing of it rests on what others keep secret; those who supervise put
/// the whole market under stress. A client is refused: it would learn what others owe.
/// </summary>
internal sealed class StressPart(GraphSession session, Func<CreditModel?> champion, Lookup lookup) : ISchemaPart
{
    private const string Argument = "scenario";
    private const string Clients = "defaultedClients";

    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    public void AddTo(SchemaParts parts)
    {
        StressInputs.AddTo(parts);
        StressTypes.AddTo(parts, Derived, new DefaultDraws(session, champion), new OutcomeLookup(session), session.Catalog.Node("Broker").GetField("jurisdiction").Codes!);
        parts.Query.AddField(Fields.Resolved(
            "stressTest", "StressTest", Derived with { Subject = context => OwnOf(context.Viewer()) },
            "Accounts under a scenario: who is called, what is sold, who fails, who bears the loss, before and after each round. A broker asks of its own records only. Level 3.",
            ResolveAsync,
            BitemporalArguments.And(
                TypeExpression.Argument(Argument, "StressScenarioInput!", "What is supposed to happen."),
                TypeExpression.Argument("by", "StressDivision!", "By what to divide the answer."))));
    }

    private static string? OwnOf(Viewer viewer) => viewer.Role == Role.Broker ? viewer.Of : null;

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var (view, by) = (await session.ViewAsync(context), context.GetArgument<StressDivision>("by"));
        var standing = context.Viewer().Role == Role.Broker ? Standing.Own : Standing.Visible;
        view.RequireData();
        var ofClients = AccessPolicy.Decide(context.Viewer(), Act.AskClientStress, standing);
        if (by == StressDivision.Client && ofClients.Code is not null) throw AccessDenied.Of(ofClients, "Query.stressTest");
        try
        {
            var scenario = ScenarioReader.Parse(FieldsOf(view, context), Argument);
            if (ofClients.Code is not null) CoarseSteps.Check(scenario, Argument);
            var meter = context.Meter();
            var answer = StressTest.Run(scenario, view.Market(), await HistoryAsync(view, scenario, context), meter);
            return new StressOf(view, OwnOf(context.Viewer()), by, answer, StressTable.Of(answer, by))
            {
                IsCoarse = ofClients.Code is not null,
                WithoutShock = new Lazy<Unshocked>(() => Unshocked.Of(scenario, view.Market(), by, meter)),
            };
        }
        catch (ScenarioException error)
        {
            throw Problem.BadInput(Argument, $"{error.Field}: {error.Reason}");
        }
    }

    /// <summary>The fields of the scenario, clients under their own ids in the viewer's view.</summary>
    private Dictionary<string, object?> FieldsOf(GraphView view, IResolveFieldContext context)
    {
        var fields = new Dictionary<string, object?>(context.GetArgument<IDictionary<string, object?>>(Argument));
        if (fields.TryGetValue(Clients, out var named) && named is IEnumerable<object?> ids)
            fields[Clients] = ids.Select((id, i) => ClientOf(view, context.Viewer(), (string)id!, i)).ToList();
        return fields;
    }

    /// <summary>Id of a client in the viewer's view; the error names the one that is wrong.</summary>
    private string ClientOf(GraphView view, Viewer viewer, string id, int place)
    {
        try
        {
            return lookup.Node(view, viewer, Clients, id, SchemaCatalog.Party).Id.ToString();
        }
        catch (TypedError)
        {
            throw Problem.BadInput(Argument, $"{Clients}[{place}]: there is no person or company '{id}'.");
        }
    }

    /// <summary>What the viewer may know of prices up to the end of a replay.</summary>
    private async ValueTask<Snapshot?> HistoryAsync(GraphView view, Scenario scenario, IResolveFieldContext context)
    {
        if (scenario.Replay is not { } replay || replay.To <= view.Snapshot.Stamp.AsOfDay) return null;
        if (replay.To > session.Today) throw Problem.BadInput(Argument, $"replay.to: prices reach {session.Today:yyyy-MM-dd}.");
        var point = new BitemporalPoint(Validity.CloseOf(replay.To), BitemporalArguments.Of(context).KnownAt);
        RequestContext.Of(context).Budget.ChargeInstant(point.AsOf, point.KnownAt);
        return (await session.ViewAsync(context.Viewer(), point, context.CancellationToken)).Snapshot;
    }
}
