using System.Collections.Immutable;
using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Decisions;
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
    private static readonly FieldAccess Derived = FieldAccess.Reads(Sensitivity.Confidential);

    private readonly Recommending recommending = new(scores);

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
                TypeExpression.Argument(ApplicationInput.Argument, "FinancingApplicationInput!", "What is asked for, offered and declared."))));
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
        var made = await recommending.RestsOnAsync(broker, client, () => (ApplicationInput.Read(view, context), ApplicationInput.Guarantor(lookup, client, context)), context);
        var meter = context.Meter();
        return new RecommendationOf(client, broker, made.Advisor.Advise(made.Case), new Lazy<ImmutableArray<AdmissionChange>>(() => SmallestChanges.Of(made.Advisor, made.Case, meter)));
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
}
