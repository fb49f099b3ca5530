using System.Collections.Immutable;
using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Scoring.Models;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Market;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Server.Supervision;

/// <summary>Quality of clients over some days.</summary>
internal sealed record QualityOf(GraphView View, MarketDivision Of, QualityDivision By, string? Model, ImmutableArray<QualityDayOf> Days);

/// <summary>The same on one of them.</summary>
internal sealed record QualityDayOf(GraphView View, MarketDivision Of, ImmutableArray<QualityRow> Rows);

/// <summary>A row of a day.</summary>
internal sealed record QualityRowOf(GraphView View, MarketDivision Division, QualityRow Row)
{
    public NodeHandle? Broker => Division == MarketDivision.Broker ? new NodeHandle(View, View.Snapshot.Nodes.Find(new NodeId("Broker", Row.Of))) : null;
}

/// <summary>Clients of every broker by grade, product, jurisdiction or industry, over days: <c>clientQuality</c>. The supervisor's.</summary>
internal sealed class QualityPart(GraphSession session, Func<CreditModel?> champion) : ISchemaPart
{
    private const string Name = "clientQuality";

    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "QualityDivision", "By what clients are told apart.",
            ("ALL", QualityDivision.All, "All in one row."),
            ("GRADE", QualityDivision.Grade, "By grade; those without a score under an empty key."),
            ("PRODUCT", QualityDivision.Product, "By the kind of contract they owe under; who owes under several counts under each."),
            ("JURISDICTION", QualityDivision.Jurisdiction, "By the jurisdiction (辖区) a company is registered in; persons, and companies that state none, under an empty key."),
            ("INDUSTRY", QualityDivision.Industry, "By the industry of a company; persons, and companies that state none, under an empty key.")));
        parts.Types.Add(Fields.Object(
            "ClientQuality", "Quality of clients that owe something, over days.",
            Fields.Of<QualityOf>("of", "MarketDivision!", FieldAccess.Structure, "Whose clients they are.", one => one.Of),
            Fields.Of<QualityOf>("by", "QualityDivision!", FieldAccess.Structure, "By what they are told apart.", one => one.By),
            Fields.Of<QualityOf>("days", "[QualityDay!]!", FieldAccess.Structure, "The days, first to last.", one => one.Days),
            Fields.Of<QualityOf>("modelVersion", "String", FieldAccess.Structure, "Content hash of the model that scores on every day; null where there is none.", one => one.Model),
            Fields.Of<QualityOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on; days are seen with its knowledge.", one => one.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "QualityDay", "Quality of clients at the close of a day.",
            Fields.Of<QualityDayOf>("day", "Date!", FieldAccess.Structure, "The day.", one => one.View.Snapshot.Stamp.AsOfDay),
            Fields.Of<QualityDayOf>("rows", "[QualityRow!]!", FieldAccess.Structure, "By division, then by key: grades from the safest on.", one => one.Rows.Select(row => new QualityRowOf(one.View, one.Of, row)))));
        parts.Types.Add(Row());
        parts.Query.AddField(Fields.Resolved(
            Name, "ClientQuality", FieldAccess.Structure,
            "Quality of the clients of each broker, jurisdiction or the market: who owes how much, in default or of which grade, what loss is to be expected, on one day or several. For supervision.",
            ResolveAsync,
            BitemporalArguments.And(
                TypeExpression.Argument("of", "MarketDivision", "Whose clients; each broker's where not given."),
                TypeExpression.Argument("by", "QualityDivision!", "By what to tell them apart."),
                TypeExpression.Argument("days", "[Date!]", $"The days, 1 to {Supervised.MostDays}, none after asOf; the day of asOf where not given."))));
    }

    private static ObjectGraphType Row()
    {
        FieldType Figure(string name, string type, string description, Func<QualityRow, object?> read) => Fields.Of<QualityRowOf>(name, type, Supervised.Sum, description, one => read(one.Row));
        return Fields.Object(
            "QualityRow", "Clients of a division that owe something, in one of its parts; money in yuan.",
            Fields.Of<QualityRowOf>("of", "String!", FieldAccess.Structure, "Code of the broker or of its jurisdiction, or MARKET.", one => one.Row.Of),
            Fields.Of<QualityRowOf>("broker", "Broker", FieldAccess.Structure, "The broker; null for other divisions.", one => one.Broker),
            Fields.Of<QualityRowOf>("key", "String!", FieldAccess.Structure, "Grade, product, jurisdiction or industry; ALL where they are not told apart, empty where it is not known.", one => one.Row.Key),
            Figure("clients", "Int", "Clients that owe something, each once.", row => row.Clients),
            Figure("exposure", "Decimal", "What they owe.", row => row.Exposure),
            Figure("clientsInDefault", "Int", "Of them those in default.", row => row.ClientsInDefault),
            Figure("exposureInDefault", "Decimal", "All that those owe in the division, under whichever contract they failed.", row => row.ExposureInDefault),
            Figure("shareInDefault", "Decimal", "The same as a part of the exposure, 0 to 1.", row => Supervised.Rounded(row.ShareInDefault)),
            Figure("scoredClients", "Int", "Clients with a score.", row => row.ScoredClients),
            Figure("scoredExposure", "Decimal", "What those owe: the loss to expect is of it.", row => row.ScoredExposure),
            Figure("expectedLoss", "Decimal", "Probability of default x debt x loss given default of the lender's policy, summed; null where nobody has a score.", row => row.ExpectedLoss),
            Figure("worstGrade", "String", "The worst grade among them; null where nobody has one.", row => row.WorstGrade),
            Figure("weakClients", "Int", "Clients of a grade to which the lender's policy admits nobody.", row => row.WeakClients),
            Figure("weakExposure", "Decimal", "What those owe.", row => row.WeakExposure),
            Figure("shareWeak", "Decimal", "The same as a part of the exposure, 0 to 1; null where nobody has a score.", row => Supervised.Rounded(row.ShareWeak)));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        Supervised.Require(context, Name);
        var (of, by) = (context.GetArgument<MarketDivision?>("of") ?? MarketDivision.Broker, context.GetArgument<QualityDivision>("by"));
        var (last, model, meter) = (await session.ViewAsync(context), champion(), context.Meter());
        var days = ImmutableArray.CreateBuilder<QualityDayOf>();
        foreach (var view in await Supervised.DaysAsync(session, last, context))
            days.Add(new QualityDayOf(view, of, QualityTable.Of(view.Market(), view.Book(meter), view.ScoresByNode(model, meter), of, by, meter)));
        return new QualityOf(last, of, by, model?.Version, days.ToImmutable());
    }
}
