using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Schema;
using GraphRisk.Market;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Errors;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>An answer on control.</summary>
/// <param name="Asked">Whom it is asked of.</param>
/// <param name="Found">Control by majority.</param>
/// <param name="ByRule">Control by the rule that was named; null where none was.</param>
internal sealed record ControlOf(NodeHandle Asked, IReadOnlyList<ControlledOf> Found, RuleAnswerOf? ByRule);

/// <summary>A company under control, with its view and when votes control.</summary>
internal sealed record ControlledOf(GraphView View, ControlledCompany Controlled, ControlParameters Parameters);

/// <summary>Votes of one party, with their view.</summary>
internal sealed record VotesOf(GraphView View, VoteBlock Block);

/// <summary>Control by majority of votes: <c>controllers</c> at the root and on companies, <c>controls</c> on parties.</summary>
internal sealed class ControlPart(GraphSession session, Lookup lookup) : ISchemaPart
{
    private static QueryArgument[] Arguments =>
    [
        TypeExpression.Argument("bound", "ControlBound", "Which end of intervals of votes counts; CERTAIN where not given."),
        TypeExpression.Argument("majority", "Decimal", "Part of the votes that controls; 0.5 where not given."),
        TypeExpression.Argument("operator", "ThresholdOperator", "Whether the majority itself is enough; ABOVE where not given."),
        TypeExpression.Argument("treasury", "TreasuryShares", "What becomes of votes companies have in themselves; CANCELLED where not given: they have none."),
        TypeExpression.Argument("reciprocal", "ReciprocalVotes", "What becomes of votes companies have in those that control them; COUNTED where not given. CANCELLED takes them out, as many company laws do, and gives no proof."),
    ];

    private static QueryArgument[] OfCompany =>
        [.. Arguments, RuleFields.Argument("rule", null, RuleTopic.Control, RuleTopic.Disclosure)];

    private readonly RuleFields rules = new(session.Catalog);

    private FieldAccess Derived => FieldAccess.Reads(session.Catalog.Relationship("HOLDS").Level);

    public void AddTo(SchemaParts parts)
    {
        AddTypes(parts);
        parts.Query.AddField(Fields.Resolved(
            "controllers", "ControlAnswer", FieldAccess.Structure,
            "Who controls a company: who, together with all it controls, holds more than half of its votes; agreements in force pool votes.",
            async context =>
            {
                var view = await session.ViewAsync(context);
                return Controllers(lookup.Node(view, context.Viewer(), "company", context.GetArgument<string>("company"), "Company"), context);
            },
            BitemporalArguments.And([TypeExpression.Argument("company", "ID!", "The company."), .. OfCompany])));
        parts.Extend("Company", () => Fields.Of<NodeHandle>(
            "controllers", "ControlAnswer", FieldAccess.Structure, "Who controls the company by majority of votes.", Controllers, OfCompany));
        parts.Extend(SchemaCatalog.Party, () => Fields.Of<NodeHandle>(
            "controls", "ControlAnswer", FieldAccess.Structure, "The companies the party controls alone by majority of votes.",
            (handle, context) => Answer(handle, handle.View.Control(ParametersOf(context), context.Meter()).ControlledBy(handle.Number, context.Meter()), context), Arguments));
    }

    private void AddTypes(SchemaParts parts)
    {
        parts.Types.Add(Fields.Enum(
            "ControlBound", "Which end of an interval of votes counts.",
            ("CERTAIN", ShareBound.Lower, "The lower end: control that is certain."),
            ("STATED", ShareBound.Stated, "What is stated, or the best reading of the bounds."),
            ("POSSIBLE", ShareBound.Upper, "The upper end: control that is possible.")));
        parts.Types.Add(Fields.Object(
            "ControlAnswer", "Who controls what.",
            Fields.Of<ControlOf>("asked", "Party", FieldAccess.Structure, "The party asked about.", answer => answer.Asked),
            Fields.Of<ControlOf>("control", "[Control!]", Derived, "Each control with the votes that make it so.", answer => answer.Found),
            Fields.Of<ControlOf>("byRule", "OwnershipRuleAnswer", FieldAccess.Structure, "Control by the rule that was named; null where none was.", answer => answer.ByRule),
            Fields.Of<ControlOf>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", answer => answer.Asked.View.Stamp)));
        parts.Types.Add(Fields.Object(
            "Control", "A company under control.",
            Fields.Of<ControlledOf>("controllers", "[Party]!", FieldAccess.Structure, "The party that controls, or the parties that do so together.",
                one => one.Controlled.Controller.Members.Select(node => new NodeHandle(one.View, node)).ToArray()),
            Fields.Of<ControlledOf>("agreement", "Agreement", FieldAccess.Structure, "The agreement that binds them; null where a party controls by itself.",
                one => one.Controlled.Controller.IsConcert ? new NodeHandle(one.View, one.Controlled.Controller.Agreement) : null),
            Fields.Of<ControlledOf>("company", "Company", FieldAccess.Structure, "The company.", one => new NodeHandle(one.View, one.Controlled.Company)),
            Fields.Of<ControlledOf>("votes", "Decimal", Derived, "Part of the votes that count, above the majority; of possible votes what the certain ones of others leave.", one => one.Controlled.Votes),
            Fields.Of<ControlledOf>("blocks", "[VoteBlock!]", Derived, "Whose votes they are.",
                one => one.Controlled.Blocks.Select(block => new VotesOf(one.View, block)).ToArray()),
            Fields.Of<ControlledOf>("isUltimate", "Boolean!", FieldAccess.Structure, "Nobody controls the controller, alone or by an agreement, unless the controller controls it in turn.",
                one => one.Controlled.IsUltimate),
            new ProofTypes(session.Catalog).OfControl()));
        parts.Types.Add(Fields.Object(
            "VoteBlock", "Votes one party brings to a controller in one company.",
            Fields.Of<VotesOf>("holder", "Party", FieldAccess.Structure, "The controller, or a company it controls.", one => new NodeHandle(one.View, one.Block.Holder)),
            Fields.Of<VotesOf>("votes", "Decimal", Derived, "Part of the votes.", one => one.Block.Votes)));
    }

    private ControlOf Controllers(NodeHandle company, IResolveFieldContext context)
    {
        var answer = Answer(company, company.View.Control(ParametersOf(context), context.Meter()).ControllersOf(company.Number, context.Meter()), context);
        if (context.GetArgument<string?>("rule") is not { } name) return answer;
        return answer with { ByRule = rules.Ask(company, RuleFields.RuleOf(context, "rule", name, RuleTopic.Control, RuleTopic.Disclosure), [], context) };
    }

    private static ControlOf Answer(NodeHandle asked, IReadOnlyList<ControlledCompany> found, IResolveFieldContext context) =>
        new(asked, [.. found.Select(one => new ControlledOf(asked.View, one, ParametersOf(context)))], null);

    private static ControlParameters ParametersOf(IResolveFieldContext context)
    {
        var majority = context.GetArgument<decimal?>("majority") ?? MarketReading.OfLaw.Majority;
        if (majority is <= 0 or > 1) throw Problem.BadInput("majority", "must be a part above 0 and not above 1: 0.5 is 50%.");
        return MarketReading.OfLaw with
        {
            Majority = majority,
            Bound = context.GetArgument<ShareBound?>("bound") ?? MarketReading.OfLaw.Bound,
            Operator = context.GetArgument<ThresholdOperator?>("operator") ?? MarketReading.OfLaw.Operator,
            Reciprocal = context.GetArgument<ReciprocalVotes?>("reciprocal") ?? MarketReading.OfLaw.Reciprocal,
            Treasury = context.GetArgument<TreasuryShares?>("treasury") ?? MarketReading.OfLaw.Treasury,
        };
    }
}
