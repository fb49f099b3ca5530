using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Server.Market;

/// <summary>The market by division.</summary>
internal sealed record MarketOf(GraphView View, MarketDivision By, IReadOnlyList<MarketRowOf> Rows);

/// <summary>A row with its view, whose scores are added when they are asked for.</summary>
internal sealed record MarketRowOf(GraphView View, MarketDivision By, MarketRow Row);

/// <summary>
/// Securities financing by broker, jurisdiction or as a whole: <c>market</c>. Aggregates only; a broker sees its own row,
/// and sums over so few brokers that one could be told apart are shown to the regulator alone.
/// </summary>
internal sealed class MarketPart(GraphSession session, CreditModel? model) : ISchemaPart
{
    /// <summary>Brokers a sum must be over before others than the regulator see it.</summary>
    private const int FewestBrokers = 3;

    private static readonly FieldAccess Aggregate = FieldAccess.Aggregates(Sensitivity.Internal);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "MarketDivision", "By what the market is divided.",
            ("BROKER", MarketDivision.Broker, "By broker."),
            ("JURISDICTION", MarketDivision.Jurisdiction, "By the jurisdiction (辖区) of the brokers."),
            ("MARKET", MarketDivision.Market, "The whole market.")));
        parts.Types.Add(Fields.Object(
            "Market", "Securities financing by division.",
            Fields.Of<MarketOf>("by", "MarketDivision!", FieldAccess.Structure, "By what it is divided.", market => market.By),
            Fields.Of<MarketOf>("rows", "[MarketRow!]", Aggregate, "One row a division, ordered by key.", market => market.Rows),
            Fields.Of<MarketOf>("modelVersion", "String", FieldAccess.Structure, "Content hash of the model behind the probabilities; null where there is none.", _ => model?.Version),
            Fields.Of<MarketOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", market => market.View.Stamp)));
        parts.Types.Add(MarketTypes.Row(Aggregate, WithScores));
        parts.Query.AddField(Fields.Resolved(
            "market", "Market", FieldAccess.Structure,
            $"Quality of clients by broker, jurisdiction or of the whole market. A broker sees its own row; sums over fewer than {FewestBrokers} brokers are the regulator's alone. Level 2.",
            async context =>
            {
                var view = await session.ViewAsync(context);
                var by = context.GetArgument<MarketDivision>("by");
                var rows = Table(view, by, context.Meter()).Where(row => IsOpen(row, by, context.Viewer())).Select(row => new MarketRowOf(view, by, row)).ToList();
                return new MarketOf(view, by, rows);
            },
            Moments.And(TypeExpression.Argument("by", "MarketDivision!", "By what to divide."))));
    }

    private static bool IsOpen(MarketRow row, MarketDivision by, Viewer viewer) => viewer.Role switch
    {
        Role.Regulator => true,
        Role.Broker when by == MarketDivision.Broker => $"Broker/{row.Key}" == viewer.Of,
        _ => row.Brokers >= FewestBrokers,
    };

    private static ImmutableArray<MarketRow> Table(GraphView view, MarketDivision by, WorkMeter meter) => view.Derive(
        (typeof(MarketTable), by), meter, (_, paid) => MarketTable.Of(view.Contracts(), by, new Dictionary<int, ScoreLine>(), null, paid));

    private MarketRow? WithScores(MarketRowOf asked, WorkMeter meter)
    {
        if (model is null) return null;
        var rows = asked.View.Derive((typeof(MarketPart), asked.By), meter, (_, paid) => MarketTable.Of(
            asked.View.Contracts(), asked.By, asked.View.AllScores(model, paid).ToDictionary(line => line.Node), null, paid));
        return rows.Single(row => row.Key == asked.Row.Key);
    }
}
