using GraphQL;
using GraphQL.Types;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Ownership;

/// <summary>
/// Rules of law asked of one company or party: <c>beneficialOwners</c>, <c>concertParties</c>, <c>closeLinks</c>, <c>aggregateOwnership</c>,
/// <c>group</c>, and the rules themselves. Control by a rule stands beside control by majority (<see cref="ControlPart"/>).
/// </summary>
internal sealed class RulePart(GraphSession session, Lookup lookup) : ISchemaPart
{
    private readonly RuleFields rules = new(session.Catalog);

    public void AddTo(SchemaParts parts)
    {
        parts.Types.AddRange(new RuleTypes(session.Catalog).All());
        parts.Query.AddField(Fields.Resolved(
            "ownershipRules", "OwnershipRules", FieldAccess.Structure, "The rules of law on ownership and control that questions may name, with their wording as data.",
            async context => await session.ViewAsync(context), BitemporalArguments.And()));
        Add(parts, "beneficialOwners", "Who is a beneficial owner of a company, by a rule.", "company", "Company", RuleTopic.BeneficialOwner, "cn-beneficial-owner",
            TypeExpression.Argument("threshold", "Decimal", "Part that counts in place of the rule's own, as for a category of higher risk; 0 to 1."));
        Add(parts, "concertParties", "Who acts in concert in a company: by agreement, and who is presumed to, apart.", "company", "Company", RuleTopic.Concert, "cn-concert");
        Add(parts, "closeLinks", "What a party is closely linked with, by a rule.", "party", SchemaCatalog.Party, RuleTopic.CloseLink, "ecb-close-links");
        parts.Query.AddField(Fields.Resolved(
            "aggregateOwnership", "OwnershipRuleAnswer", Guarded("company"), "Whether listed parties own or control a company, by a rule of sanctions.",
            async context => rules.Ask(
                await AskedAsync(context, "company", "Company"), RuleFields.RuleOf(context, "rule", "ofac-50", RuleTopic.Sanctions), context.GetArgument<List<string>?>("lists") ?? [], context),
            BitemporalArguments.And([
                TypeExpression.Argument("company", "ID!", "The company."), RuleFields.Argument("rule", "ofac-50", RuleTopic.Sanctions),
                TypeExpression.Argument("lists", "[String!]", "Words one of which the list, its authority or programme must contain, such as OFAC; every list of sanctions in force where not given."),
            ])));
        parts.Query.AddField(Fields.Resolved(
            "group", "OwnershipGroup", FieldAccess.Structure, "The group of clients a party belongs to, by a definition of law.",
            async context => rules.Group(
                await AskedAsync(context, "party", SchemaCatalog.Party), RuleFields.RuleOf(context, "definition", "cn-group-client", RuleTopic.Group),
                context.GetArgument<bool?>("possible") == true ? RuleHolding.Possible : RuleHolding.Certain, context),
            BitemporalArguments.And([
                TypeExpression.Argument("party", "ID!", "The party."), RuleFields.Argument("definition", "cn-group-client", RuleTopic.Group),
                TypeExpression.Argument("possible", "Boolean", "True to follow links that are possible too; only certain ones where not given."),
            ])));
    }

    /// <summary>A question that names whom it is about and a rule.</summary>
    private void Add(SchemaParts parts, string name, string description, string argument, string type, RuleTopic topic, string fallback, params QueryArgument[] more) =>
        parts.Query.AddField(Fields.Resolved(
            name, "OwnershipRuleAnswer", FieldAccess.Structure, description,
            async context =>
            {
                var rule = RuleFields.RuleOf(context, "rule", fallback, topic);
                if (more.Any(one => one.Name == "threshold") && RuleFields.PartOf(context, "threshold") is { } threshold) rule = rule.With(threshold);
                return rules.Ask(await AskedAsync(context, argument, type), rule, [], context);
            },
            BitemporalArguments.And([
                TypeExpression.Argument(argument, "ID!", $"The {argument}."), RuleFields.Argument("rule", fallback, topic), .. more])));

    private async ValueTask<NodeHandle> AskedAsync(IResolveFieldContext context, string argument, string type) =>
        lookup.Node(await session.ViewAsync(context), context.Viewer(), argument, context.GetArgument<string>(argument), type);

    private FieldAccess Guarded(string argument) => FieldAccess.Reads(session.Catalog.Relationship("LISTED_AS").Level) with
    {
        Subject = context => lookup.SubjectOf(context.Viewer(), context.GetArgument<string?>(argument)),
    };
}
