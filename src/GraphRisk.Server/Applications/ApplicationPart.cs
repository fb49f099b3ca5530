using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Score;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Concentration;

namespace GraphRisk.Server.Applications;

/// <summary>
/// What the program recommends on an application for financing, and why: <c>recommend</c>; and what is left below the limits of a
/// broker: <c>brokerConcentration</c>. Facts, exposure and collateral are those of the viewer's own view; the score comes in as it was disclosed,
/// so a broker needs the client's authorisation, and that of a guarantor it names. A recommendation never refuses: a person does.
/// </summary>
internal sealed class ApplicationPart(GraphSession session, ScorePart scores, Lookup lookup) : ISchemaPart
{
    private const string Argument = "application";
    private const int MostCollateral = 100;

    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    public void AddTo(SchemaParts parts)
    {
        ApplicationTypes.AddTo(parts, Derived);
        parts.Query.AddField(Fields.Resolved(
            "recommend", "Recommendation", Derived with { Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>("client")) },
            "What is recommended on an application for financing by a client of a broker: admit, in full or in part, or refer to a person; line, rate, with every check and limit, and the smallest changes that would admit it. Nothing is filed as a decision. A broker asks of its own clients and needs their authorisation. Level 3.",
            RecommendAsync,
            BitemporalArguments.And(
                TypeExpression.Argument("broker", "ID", "Code or id of the broker; null for the one a token was given to."),
                TypeExpression.Argument("client", "ID!", "The client."),
                TypeExpression.Argument(Argument, "FinancingApplicationInput!", "What is asked for, offered and declared."))));
        parts.Query.AddField(Fields.Resolved(
            "brokerConcentration", "BrokerConcentration", Derived with { Subject = context => BrokerOf(context) is { } code ? lookup.SubjectOf(context.Viewer(), code) : null },
            "How concentrated a broker's financing is: in all, by client and by stock taken as collateral, those at or above a warning line. A broker asks of its own. Level 3.",
            ConcentrationAsync,
            BitemporalArguments.And(TypeExpression.Argument("broker", "ID", "Code or id of the broker; null for the one a token was given to."))));
    }

    private async ValueTask<object?> RecommendAsync(IResolveFieldContext context)
    {
        var viewer = context.Viewer();
        var view = (await session.ViewAsync(context)).RequireData();
        var broker = BrokerFor(view, context, Act.AskRecommendation, "Query.recommend");
        var client = lookup.Node(view, viewer, "client", context.GetArgument<string>("client"), SchemaCatalog.Party);
        var score = (await scores.ScoreAsync(client, context)).Score;
        var application = Read(view, context);
        var exposure = view.Exposure(context.Meter()).Of(broker.Number, client.Number, context.Meter()) ?? throw Problem.NotFound("client of this broker by this id");
        var day = view.Snapshot.Stamp.AsOfDay;
        var advisor = new AdmissionAdvisor(AdmissionPolicy.Common.For(broker.Id.Key, day), ConcentrationRules.Common.For(broker.Id.Key, day));
        var asked = new AdmissionCase(
            application, AdmissionFacts.Read(view.Market(), broker.Number, client.Number, advisor.Policy, application, context.Meter()),
            new ClientRisk(client.Id, score.Score, score.Grade, score.ProbabilityOfDefault, score.HorizonQuarters), exposure, day)
        {
            Guarantor = await GuarantorAsync(view, client, context),
        };
        var meter = context.Meter();
        return new RecommendationOf(client, broker, advisor.Advise(asked), new Lazy<ImmutableArray<AdmissionChange>>(() => SmallestChanges.Of(advisor, asked, meter)));
    }

    private async ValueTask<object?> ConcentrationAsync(IResolveFieldContext context)
    {
        var view = (await session.ViewAsync(context)).RequireData();
        var broker = BrokerFor(view, context, Act.AskExposure, "Query.brokerConcentration");
        var rules = ConcentrationRules.Common.For(broker.Id.Key, view.Snapshot.Stamp.AsOfDay);
        return new ConcentrationOf(broker, BrokerConcentration.Of(view.Market().Contracts, broker.Number, rules, context.Meter()));
    }

    private static string? BrokerOf(IResolveFieldContext context) =>
        context.GetArgument<string?>("broker") ?? (context.Viewer().Role == Role.Broker ? context.Viewer().Of : null);

    /// <summary>The broker that is asked about, where the viewer may ask about it.</summary>
    private NodeHandle BrokerFor(GraphView view, IResolveFieldContext context, Act act, string field)
    {
        var (viewer, code) = (context.Viewer(), BrokerOf(context));
        var standing = viewer.Role == Role.Broker && code is not null && lookup.SubjectOf(viewer, code) == viewer.Of ? Standing.Own : Standing.Visible;
        if (AccessPolicy.Decide(viewer, act, standing) is { Code: not null } denial) throw AccessDenied.Of(denial, field);
        return lookup.Broker(view, viewer, "broker", code ?? throw Problem.BadInput("broker", "is needed: your token was not given to a broker."));
    }

    private async ValueTask<Grade?> GuarantorAsync(GraphView view, NodeHandle client, IResolveFieldContext context)
    {
        if (Field<string>(context.GetArgument<IDictionary<string, object?>>(Argument), "guarantor") is not { } id) return null;
        var guarantor = lookup.Node(view, context.Viewer(), $"{Argument}.guarantor", id, SchemaCatalog.Party);
        if (guarantor.Number == client.Number) throw Problem.BadInput($"{Argument}.guarantor", "is the client itself.");
        return (await scores.ScoreAsync(guarantor, context)).Score.Grade;
    }

    private FinancingApplication Read(GraphView view, IResolveFieldContext context)
    {
        var fields = context.GetArgument<IDictionary<string, object?>>(Argument);
        var offered = Field<IEnumerable<object?>>(fields, "collateral")?.Cast<IDictionary<string, object?>>().ToList() ?? [];
        if (offered.Count > MostCollateral) throw Problem.BadInput($"{Argument}.collateral", $"names {offered.Count} securities, at most {MostCollateral} are taken.");
        return new FinancingApplication
        {
            Product = (ContractKind)fields["product"]!,
            Amount = Above(Amount("amount"), "amount"),
            TermInDays = Field<int?>(fields, "termInDays") is { } days ? days is > 0 and <= 36_525 ? days : throw Problem.BadInput($"{Argument}.termInDays", "must be 1 to 36525.") : null,
            ShareOfBroker = Amount("shareOfBroker") is { } share ? share is >= 0 and <= 1 ? share : throw Problem.BadInput($"{Argument}.shareOfBroker", "must be 0 to 1, 0.05 for 5%.") : null,
            IsAffiliateOfBroker = Field<bool?>(fields, "isAffiliateOfBroker"),
            Collateral = [.. offered.Select(Offered)],
        };

        decimal? Amount(string name) => Field<decimal?>(fields, name);

        OfferedSecurity Offered(IDictionary<string, object?> row, int place)
        {
            var (name, code) = ($"{Argument}.collateral[{place}]", (string)row["security"]!);
            var security = view.Snapshot.Nodes.Find(new NodeId("Security", code));
            if (security < 0) throw Problem.BadInput($"{name}.security", $"there is no security '{code}': name it with its exchange, such as 600519.SH.");
            if (offered.Count(other => (string)other["security"]! == code) > 1) throw Problem.BadInput($"{name}.security", $"'{code}' is offered twice: add the quantities up.");
            return new OfferedSecurity(view.Snapshot.Nodes.IdOf(security), Above((decimal)row["quantity"]!, $"collateral[{place}].quantity")!.Value);
        }
    }

    private static decimal? Above(decimal? amount, string name) =>
        amount is <= 0 or > 1_000_000_000_000_000m ? throw Problem.BadInput($"{Argument}.{name}", "must be above 0, at most 10^15.") : amount;

    private static T? Field<T>(IDictionary<string, object?> fields, string name) => fields.TryGetValue(name, out var value) ? (T?)value : default;
}
