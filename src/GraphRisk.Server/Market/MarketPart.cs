using GraphQL;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Disclosure;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Http;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Market;
using GraphRisk.Workflow.Statistics;

namespace GraphRisk.Server.Market;

/// <summary>The market by division: as it stands, or as an edition published it.</summary>
/// <param name="View">What the answer stands on.</param>
/// <param name="By">Division.</param>
/// <param name="Rows">By key.</param>
/// <param name="Edition">The edition; null for figures as they stand.</param>
/// <param name="ModelVersion">The model behind live probabilities; null for an edition's.</param>
internal sealed record MarketOf(
    GraphView View, MarketDivision By, IReadOnlyList<MarketRowOf> Rows, PublishedEdition? Edition, string? ModelVersion);

/// <summary>A row; what rests on scores is added when it is asked for.</summary>
/// <param name="Figures">Figures that rest on no score.</param>
/// <param name="Scored">The same with those that do.</param>
internal sealed record MarketRowOf(MarketFigures Figures, Func<MarketFigures> Scored);

/// <summary>
/// Securities financing by broker, jurisdiction or as a whole: <c>market</c>. The regulator sees it as it stands. A broker sees its
/// own row as its own records say. All else is read off the editions of the published table, which no instant of the asker's
/// choice reaches: two questions cannot be subtracted.
/// </summary>
internal sealed class MarketPart(GraphSession session, Func<CreditModel?> champion) : ISchemaPart
{
    /// <summary>Refusal of an instant where the published table answers.</summary>
    public const string PublishedOnly = "PUBLISHED_ONLY";

    private static readonly FieldAccess Published = FieldAccess.Aggregates(Sensitivity.Public);

    private readonly OwnRow ownRow = new(session);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "MarketDivision", "By what the market is divided.",
            ("BROKER", MarketDivision.Broker, "By broker; the regulator all of them, a broker its own row."),
            ("JURISDICTION", MarketDivision.Jurisdiction, "By the jurisdiction (辖区) of the brokers."),
            ("MARKET", MarketDivision.Market, "The whole market.")));
        parts.Types.Add(Fields.Object(
            "Market", "Securities financing by division.",
            Fields.Of<MarketOf>("by", "MarketDivision!", FieldAccess.Structure, "By what it is divided.", market => market.By),
            Fields.Of<MarketOf>("rows", "[MarketRow!]", Published, "One row a division, ordered by key. A single broker is never published.", market => market.Rows),
            Fields.Of<MarketOf>("edition", "Date", Published, "Last day of the month of the published edition; null for figures as they stand.", market => market.Edition?.Month),
            Fields.Of<MarketOf>("publishedAt", "DateTime", Published, "When the edition was published; what became known later is not in it.", market => market.Edition?.PublishedAt),
            Fields.Of<MarketOf>("modelVersion", "String", FieldAccess.Structure, "Content hash of the model behind the probabilities; null for an edition, and where there is none.", market => market.ModelVersion),
            Fields.Of<MarketOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", market => market.View.Stamp)));
        parts.Types.Add(MarketTypes.Row(Published, session.Catalog.Node("Broker").GetField("jurisdiction").Codes!));
        parts.Query.AddField(Fields.Resolved(
            "market", "Market", FieldAccess.Structure,
            "Quality of clients by broker, jurisdiction or of the whole market. The regulator sees it as it stands, a broker its own row; all else answers from the published table: month ends, never restated, figures that too few make up left out.",
            ResolveAsync,
            BitemporalArguments.And(
                TypeExpression.Argument("by", "MarketDivision!", "By what to divide."),
                TypeExpression.Argument("month", "String", "Month of an edition, YYYY-MM; the newest where not given."))));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var (viewer, by, month) = (context.Viewer(), context.GetArgument<MarketDivision>("by"), context.GetArgument<string?>("month"));
        var answer = month is null && viewer.Role == Role.Regulator ? await LiveAsync(by, context)
            : month is null && viewer.Role == Role.Broker && by == MarketDivision.Broker ? await OwnAsync(context)
            : await PublishedAsync(by, month, context);
        return answer;
    }

    private async ValueTask<MarketOf> LiveAsync(MarketDivision by, IResolveFieldContext context)
    {
        var view = (await session.WholeAsync(BitemporalArguments.Of(context), context.CancellationToken)).RequireData();
        var rows = view.Derive(
            (typeof(MarketTable), by), context.Meter(), (_, paid) => MarketTable.Of(view.Contracts(), by, new Dictionary<int, ScoreLine>(), null, paid));
        var model = champion();
        var meter = context.Meter(); // a field's context serves another field when scores are asked for
        return new MarketOf(view, by, [.. rows.Select(row => new MarketRowOf(Figures(view, row), () => Scored(model, view, by, row, meter)))], null, model?.Version);
    }

    /// <summary>Figures of a row that rest on no score, as they stand in a view.</summary>
    internal static MarketFigures Figures(GraphView view, MarketRow row) =>
        view.Contracts().StatesDebts ? MarketFigures.Of(row) : MarketFigures.Of(row).BeforeDebts();

    private static MarketFigures Scored(CreditModel? model, GraphView view, MarketDivision by, MarketRow plain, WorkMeter meter)
    {
        if (model is null) return Figures(view, plain);
        view.RequireDebts();
        var rows = view.Derive((typeof(MarketPart), model.Version, by), meter, (_, paid) => MarketTable.Of(
            view.Contracts(), by, view.AllScores(model, paid).ToDictionary(line => line.Node), null, paid));
        var row = rows.Single(row => row.Key == plain.Key);
        return MarketFigures.Of(row).WithScores(row);
    }

    private async ValueTask<MarketOf> OwnAsync(IResolveFieldContext context)
    {
        var view = (await session.ViewAsync(context)).RequireData();
        var model = champion();
        var rows = await ownRow.OfAsync(model, view, context.Viewer(), context.Meter(), context.CancellationToken);
        return new MarketOf(view, MarketDivision.Broker, rows, null, model?.Version);
    }

    private async ValueTask<MarketOf> PublishedAsync(MarketDivision by, string? month, IResolveFieldContext context)
    {
        if (by == MarketDivision.Broker)
            throw new TypedError(PublishedOnly, "Figures of a single broker are never published: ask by JURISDICTION or MARKET. A broker reads its own row, the regulator all of them, without 'month'.");
        if (BitemporalArguments.Of(context) != default)
            throw new TypedError(PublishedOnly, "Figures of the market are published by month: ask without asOf and knownAt, or name a 'month'.");
        var view = await session.ViewAsync(context.Viewer(), default, context.CancellationToken);
        var editions = view.Derive(typeof(PublishedEdition), EditionFacts.ReadAll);
        var edition = month is null ? editions.FirstOrDefault()
            : EditionFacts.Month(month) is not { } last ? throw Problem.BadInput("month", "must be written YYYY-MM.")
            : editions.FirstOrDefault(one => one.Month == last) ?? throw Problem.NotFound("edition of this month");
        var rows = (edition?.Rows ?? []).Where(row => row.Division == by).Select(row => new MarketRowOf(row.Figures, () => row.Figures));
        return new MarketOf(view, by, [.. rows], edition, null);
    }
}
