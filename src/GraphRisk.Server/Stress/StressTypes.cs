using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Schema;
using GraphRisk.Market;
using GraphRisk.Market.Stress;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Stress;

/// <summary>An answer to a scenario.</summary>
/// <param name="View">What it stands on.</param>
/// <param name="Subject">The broker whose records it rests on; null where it rests on everybody's.</param>
/// <param name="By">Division.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Rows">By key.</param>
internal sealed record StressOf(GraphView View, string? Subject, StressDivision By, StressAnswer Answer, ImmutableArray<StressRow> Rows) : IAboutSubject
{
    /// <summary>Its viewer asks in coarse steps.</summary>
    public bool IsCoarse { get; init; }

    /// <summary>It rests on what one broker states and what is open, not on everybody's records.</summary>
    public bool IsOfOneBroker => Subject is not null;

    /// <summary>The same rules with nothing happening, run once it is asked for.</summary>
    public required Lazy<Unshocked> WithoutShock { get; init; }
}

/// <summary>How divisions end without the shock, by key.</summary>
internal sealed record Unshocked(StressRound State, IReadOnlyDictionary<string, StressFigures> Figures)
{
    public static Unshocked Of(Scenario scenario, MarketReading market, StressDivision by, WorkMeter meter)
    {
        var answer = StressTest.Run(scenario.WithoutShock(), market, meter: meter);
        return new Unshocked(answer.Rounds[^1], StressTable.Of(answer, by).ToDictionary(row => row.Key, row => row.After, StringComparer.Ordinal));
    }
}

/// <summary>A row of it; a client's is about the client.</summary>
internal sealed record StressRowOf(StressOf Whole, StressRow Row) : IAboutSubject
{
    public NodeHandle? Node => Row.Node >= 0 ? new NodeHandle(Whole.View, Row.Node) : null;

    public string? Subject => Whole.By == StressDivision.Client && Node is { } client ? client.Subject : Whole.Subject;

    /// <summary>Its figures after a round.</summary>
    public StressFiguresOf After(int round) => new(this, Whole.Answer.Rounds[round], Row.Rounds[round]);

    /// <summary>Its figures in the end where nothing happens.</summary>
    public StressFiguresOf WithoutShock() => new(this, Whole.WithoutShock.Value.State, Whole.WithoutShock.Value.Figures[Row.Key]);
}

/// <summary>Its figures in a state.</summary>
internal sealed record StressFiguresOf(StressRowOf Row, StressRound State, StressFigures Figures) : IAboutSubject
{
    public string? Subject => Row.Subject;
}

/// <summary>GraphQL types of an answer to a scenario.</summary>
internal static class StressTypes
{
    private const string LeftOut =
        "Contracts, accounts and clients that only other brokers state: what they would have to sell and what that does to prices, what clients owe and hold elsewhere, and how other brokers end.";

    public static void AddTo(SchemaParts parts, FieldAccess derived, DefaultDraws draws, OutcomeLookup outcomes, CodeList jurisdictions)
    {
        parts.Types.Add(Fields.Enum(
            "StressDivision", "By what the answer to a scenario is divided.",
            ("BROKER", StressDivision.Broker, "By broker."),
            ("JURISDICTION", StressDivision.Jurisdiction, "By the jurisdiction (辖区) of the brokers."),
            ("INDUSTRY", StressDivision.Industry, "By the industry of the clients; persons and companies that state none under an empty key."),
            ("CLIENT", StressDivision.Client, "By client."),
            ("MARKET", StressDivision.Market, "All in one.")));
        parts.Types.Add(Fields.Enum(
            "StressPhase", "What happened in a round.",
            ("BEFORE", StressPhase.Before, "Nothing yet."),
            ("SHOCK", StressPhase.Shock, "Prices moved."),
            ("SALES", StressPhase.Sales, "Collateral was sold."),
            ("CALLS", StressPhase.Calls, "Clients and guarantors were called for what sales left open.")));
        parts.Types.Add(Fields.Enum(
            "StressBasis", "Whose records an answer to a scenario rests on.",
            ("ALL_RECORDS", false, "Those of all brokers and of open sources."),
            ("OWN_RECORDS", true, "Those of the broker that asks and of open sources alone.")));
        parts.Types.Add(Fields.Object(
            "StressTest", "Accounts under a scenario; money in yuan.",
            Fields.Of<StressOf>("name", "String!", FieldAccess.Structure, "Name of the scenario.", one => one.Answer.Scenario.Name),
            Fields.Of<StressOf>("by", "StressDivision!", FieldAccess.Structure, "By what it is divided.", one => one.By),
            Fields.Of<StressOf>(
                "rows", "[StressRow!]", derived, "One row a division with contracts: largest loss first, then most sold, then by key.",
                (one, context) => Rows(one, GraphQL.ResolveFieldContextExtensions.GetArgument<int?>(context, "first")),
                TypeExpression.First(PageRequest.Most, $"At most so many, up to {PageRequest.Most}, which is also where none is given.")),
            Fields.Of<StressOf>("rowCount", "Int", derived, "Rows in all.", one => one.Rows.Length),
            Fields.Of<StressOf>("failedBrokers", "[String!]", derived, "Codes of brokers that failed, in that order.", one => one.Answer.FailedBrokers.Select(node => one.View.Snapshot.Nodes.IdOf(node).Key)),
            Fields.Of<StressOf>("priceLosses", "Decimal", derived, "Lost on collateral by the shock and by sales.", one => Money(one.Answer.Balance.PriceLosses)),
            Fields.Of<StressOf>("uncoveredBefore", "Decimal", derived, "Not covered by collateral before the shock. With the losses on prices it is what somebody bears.", one => Money(one.Answer.Balance.UncoveredBefore)),
            Fields.Of<StressOf>("borneByClients", "Decimal", derived, "Of it borne by clients in what their collateral was worth above their debt.", one => Money(one.Answer.Balance.ClientCollateral)),
            Fields.Of<StressOf>("paidByParties", "Decimal", derived, "Of it paid by clients and guarantors from what they have beside.", one => Money(one.Answer.Balance.PaidByParties)),
            Fields.Of<StressOf>("borneByBrokers", "Decimal", derived, "Of it borne by brokers.", one => Money(one.Answer.Balance.BrokerLosses)),
            Fields.Of<StressOf>("buyersLosses", "Decimal", derived, "Lost besides by those outside who bought, through the fall their purchases met.", one => Money(one.Answer.BuyersLosses)),
            DefaultTypes.Field(derived, draws),
            OutcomeTypes.Field(derived, outcomes),
            Fields.Of<StressOf>("restsOn", "StressBasis!", FieldAccess.Structure, "Whose records were put under stress: the same division ends otherwise over fewer of them.", one => one.IsOfOneBroker),
            Fields.Of<StressOf>("leftOut", "String", FieldAccess.Structure, "What was taken out for the viewer, in words; null where nothing was.", one => one.IsOfOneBroker ? LeftOut : null),
            Fields.Of<StressOf>("isComplete", "Boolean!", FieldAccess.Structure, "False where the rounds were used up before sales ended.", one => one.Answer.Ended),
            Fields.Of<StressOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", one => one.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "StressRow", "One division under a scenario.",
            Fields.Of<StressRowOf>("key", "String", FieldAccess.Structure, "Code of the broker, jurisdiction, industry, or MARKET; null for a client.", one => one.Whole.By == StressDivision.Client ? null : one.Row.Key),
            CodeNames.Field<StressRowOf>("jurisdictionName", jurisdictions, FieldAccess.Structure, "What a jurisdiction is called", one => one.Whole.By == StressDivision.Jurisdiction ? one.Row.Key : null),
            Fields.Of<StressRowOf>("broker", "Broker", FieldAccess.Structure, "The broker; null for other divisions.", one => one.Whole.By == StressDivision.Broker ? one.Node : null),
            Fields.Of<StressRowOf>("client", "Party", FieldAccess.Structure, "The client; null for other divisions.", one => one.Whole.By == StressDivision.Client ? one.Node : null),
            Fields.Of<StressRowOf>("netCapital", "Decimal", derived, "Net capital of its brokers, as far as stated; null by industry and client.", one => one.Row.NetCapital),
            Fields.Of<StressRowOf>("lossesToNetCapital", "Decimal", derived, "Losses in the end to net capital, to 12 digits.", one => one.Row.LossesToNetCapital is { } part ? decimal.Round(part, 12) : null),
            Fields.Of<StressRowOf>("before", "StressFigures", derived, "Before anything happened.", one => one.After(0)),
            Fields.Of<StressRowOf>("after", "StressFigures", derived, "In the end.", one => one.After(one.Row.Rounds.Length - 1)),
            Fields.Of<StressRowOf>("withoutShock", "StressFigures", derived, "In the end where nothing happens: what contracts below their lines or in disposal come to by themselves under the same rules of the scenario. A shock that closes contracts early can leave less to lose than waiting.", one => one.WithoutShock()),
            Fields.Of<StressRowOf>("rounds", "[StressFigures!]", derived, "After each round, the state before first.", one => Enumerable.Range(0, one.Row.Rounds.Length).Select(one.After))));
        parts.Types.Add(FiguresType(derived));
        DefaultTypes.AddTo(parts, derived);
        OutcomeTypes.AddTo(parts, derived);
    }

    private static GraphQL.Types.ObjectGraphType FiguresType(FieldAccess derived)
    {
        GraphQL.Types.FieldType Figure(string name, string type, string description, Func<StressFigures, object?> read) =>
            Fields.Of<StressFiguresOf>(name, type, derived, description, one => read(one.Figures));
        return Fields.Object(
            "StressFigures", "How a division stands after one round.",
            Fields.Of<StressFiguresOf>("phase", "StressPhase!", FieldAccess.Structure, "What happened in the round.", one => one.State.Phase),
            Fields.Of<StressFiguresOf>("day", "Date", FieldAccess.Structure, "Day of the prices, in a replay.", one => one.State.Day),
            Figure("contracts", "Int", "Contracts under which something was owed before; 'market' counts outstanding ones under which nothing is owed, too.", one => one.Contracts),
            Figure("debt", "Decimal", "Owed.", one => one.Debt),
            Figure("collateral", "Decimal", "What secures it, suspended securities at their mark.", one => one.Collateral),
            Figure("owedBelowCallLine", "Decimal", "Debt of contracts at or below their line for calls or warnings, those at the closing line among them.", one => one.DebtBelowCallLine),
            Figure("owedBelowClosingLine", "Decimal", "Debt of contracts at or below their closing line.", one => one.DebtBelowClosingLine),
            Figure("calls", "Int", "Contracts at or below their line for calls.", one => one.Calls),
            Figure("topUp", "Decimal", "What would have to be added to their collateral.", one => one.TopUp),
            Figure("forcedSales", "Decimal", "Securities sold by force so far.", one => one.ForcedSales),
            Figure("unsold", "Decimal", "Suspended securities of those that have to sell: illiquid, not worthless.", one => one.Unsold),
            Figure("failedContracts", "Int", "Contracts whose client has failed, those in default before among them.", one => one.FailedContracts),
            Figure("defaults", "Int", "Clients that have failed, each once; those of several divisions count in each.", one => one.Defaults),
            Figure("uncovered", "Decimal", "Debt that collateral does not cover: the losses before clients and guarantors pay from their means.", one => one.Uncovered),
            Figure("losses", "Decimal", "What brokers lose beyond collateral, clients' means and guarantees. Before anybody was called it is gross, all that is uncovered, so it is no baseline for the losses in the end; 'withoutShock' is.", one => one.Losses));
    }

    private static StressRowOf[] Rows(StressOf one, int? first)
    {
        if (first is < 0 or > PageRequest.Most) throw Problem.BadInput("first", $"must be between 0 and {PageRequest.Most}.");
        return
        [
            .. one.Rows.OrderByDescending(row => row.After.Losses).ThenByDescending(row => row.After.ForcedSales).ThenBy(row => row.Key, StringComparer.Ordinal)
                .Take(first ?? PageRequest.Most).Select(row => new StressRowOf(one, row)),
        ];
    }

    internal static decimal Money(double amount) => decimal.Round((decimal)amount, 6);
}
