using GraphQL;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;
using GraphRisk.Workflow.CreditReviews;

namespace GraphRisk.Server.CreditReviews;

/// <summary>Graded management, with the view whose stamp goes with it.</summary>
internal sealed record GradedManagementOf(GradedManagement Rules, GraphView View);

/// <summary>Graded management as data: <c>gradedManagement</c>.</summary>
internal sealed class GradedManagementPart(GraphSession session, Lookup lookup) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(Fields.Object(
            "GradedManagement", "How clients of each grade are followed while they owe.",
            Fields.Of<GradedManagementOf>("version", "String!", FieldAccess.Structure, "The first twelve digits of the SHA-256 of its rows.", of => of.Rules.Version),
            Fields.Of<GradedManagementOf>("reviewsADay", "Int!", FieldAccess.Structure, "New reviews a broker's desk is given a day.", of => of.Rules.ReviewsADay),
            Fields.Of<GradedManagementOf>("concludeWithinDays", "Int!", FieldAccess.Structure, "Working days in which a review is concluded.", of => of.Rules.ConcludeWithinDays),
            Fields.Of<GradedManagementOf>("rows", "[GradedManagementRow!]!", FieldAccess.Structure, "A row a grade, the safest first; that of clients whose grade their broker may not know last.", of => of.Rules.Rows),
            Fields.Of<GradedManagementOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", of => of.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "GradedManagementRow", "How clients of a grade are followed.",
            Fields.Of<GradeRow>("grade", "String", FieldAccess.Structure, "The grade; null for clients whose grade their broker may not know: of them nothing is held against the line, and each application is decided by itself.", row => row.Grade),
            Fields.Of<GradeRow>("months", "Int!", FieldAccess.Structure, "Months from one review to the next.", row => row.Months),
            Fields.Of<GradeRow>("treatment", "LineTreatment!", FieldAccess.Structure, "How its line is treated where nobody decided otherwise.", row => GradedManagement.NameOf(row.Treatment)),
            Fields.Of<GradeRow>("persons", "Int!", FieldAccess.Structure, "How many have to agree to what a review decides.", row => row.Persons),
            Fields.Of<GradeRow>("team", "String!", FieldAccess.Structure, "Team that has to look at it.", row => row.Team)));
        parts.Query.AddField(Fields.Resolved(
            "gradedManagement", "GradedManagement", FieldAccess.Reads(Sensitivity.Internal), "Graded management in force: by grade, how often a client is reviewed, how its line is treated and who must agree. Level 2.",
            async context => await ResolveAsync(context), BitemporalArguments.And(TypeExpression.Argument("broker", "ID", "Whose, by code or id; the common one where not given, and of a broker that asks always its own."))));
    }

    private async ValueTask<object?> ResolveAsync(IResolveFieldContext context)
    {
        var (viewer, view) = (context.Viewer(), await session.ViewAsync(context));
        var (broker, day) = (lookup.BrokerOfRules(view, viewer, "broker", context.GetArgument<string?>("broker")), view.Snapshot.Stamp.AsOfDay);
        return new GradedManagementOf(broker is { Key: var code } ? GradedManagement.Common.For(code, day) : GradedManagement.Common.General.On(day), view);
    }
}
