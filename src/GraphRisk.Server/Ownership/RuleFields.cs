using GraphQL;
using GraphRisk.Graph.Algorithms;
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

/// <summary>An answer by a rule, with the node it is about.</summary>
/// <param name="Asked">Whom it is asked of.</param>
/// <param name="Answer">The answer.</param>
/// <param name="ReadsTies">Whether ties and lists were open to the viewer.</param>
/// <param name="Facts">What the rule was held against.</param>
internal sealed record RuleAnswerOf(NodeHandle Asked, RuleAnswer Answer, bool ReadsTies, RuleFacts Facts)
{
    /// <summary>The verdicts, each with the view.</summary>
    public IReadOnlyList<VerdictOf> Verdicts { get; } = [.. Answer.Verdicts.Select(verdict => new VerdictOf(Asked.View, Answer, verdict, Facts))];
}

/// <summary>An answer by a rule over all parties of a view.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="ReadsTies">Whether ties and lists were open to the viewer.</param>
/// <param name="Facts">What the rule was held against.</param>
internal sealed record RegisterAnswer(RuleAnswer Answer, bool ReadsTies, RuleFacts Facts);

/// <summary>A verdict with what it was read from.</summary>
internal sealed record VerdictOf(GraphView View, RuleAnswer Answer, RuleVerdict Verdict, RuleFacts Facts);

/// <summary>A group by a rule, with the node it is asked of.</summary>
internal sealed record RuleGroupOf(RuleAnswerOf By, GroupAnswer Group);

/// <summary>
/// Asks rules of law of a view. Ties between parties and entries on lists have a level of their own: where the table does not open it
/// to the viewer for everybody, rules are held against holdings, offices and agreements alone, and the answer says so. What may not
/// be read is no input.
/// </summary>
internal sealed class RuleFields(SchemaCatalog catalog)
{
    // Of a large register each holds hundreds of thousands of verdicts; a generation of that many stands beside an older one.
    private const int KeptRegisters = 2;

    /// <summary>The argument that names a rule.</summary>
    /// <param name="name">Name of the argument.</param>
    /// <param name="fallback">The rule where none is given; null where there is none.</param>
    /// <param name="topics">What rules it may name.</param>
    public static GraphQL.Types.QueryArgument Argument(string name, string? fallback, params RuleTopic[] topics) => TypeExpression.Argument(
        name, "String", $"Name of the rule{(fallback is null ? "" : $", {fallback} where not given")}: {string.Join(", ", NamesOf(topics))}; 'ownershipRules' has their wording.");

    /// <summary>The answer of the rule an argument names.</summary>
    public RuleAnswerOf Ask(NodeHandle asked, OwnershipRule rule, IReadOnlyCollection<string> lists, IResolveFieldContext context) =>
        new(asked, Told(asked, rule, Reading(asked.View, rule, lists, context, out var facts, out var ties)), ties, facts);

    /// <summary>
    /// What the rule an argument names says of all parties of a view, of the companies it is of alone. The answers asked for lately are kept with the
    /// view, made once for all who ask, each of whom pays for it.
    /// </summary>
    /// <exception cref="Http.TypedError">It is a rule of sanctions, and lists are not open to the viewer.</exception>
    public RegisterAnswer AskAll(GraphView view, OwnershipRule rule, IReadOnlyCollection<string> lists, IResolveFieldContext context)
    {
        if (rule.Topic == RuleTopic.Sanctions && Decide(context.Viewer(), "LISTED_AS") is { Code: not null } denial) throw AccessDenied.Of(denial, $"Query.{context.FieldDefinition.Name}");
        var (facts, ties) = FactsFor(view, rule, lists, context.Viewer(), context.Meter());
        var kept = view.Derive(typeof(RegisterAnswer), static _ => new RecentValues<SharedWork<RuleAnswer>>(KeptRegisters));
        var key = (rule.Name, rule.On(view.Snapshot.Stamp.AsOfDay).Threshold, ties, rule.Topic == RuleTopic.Sanctions ? string.Join('\n', lists) : "");
        var answer = kept.Of(key, () => new SharedWork<RuleAnswer>(paid => OfItsCompanies(new RuleReading(facts, rule, view.Snapshot.Stamp.AsOfDay, paid).All(), rule, view))).Take(context.Meter());
        return new RegisterAnswer(answer, ties, facts);
    }

    private static RuleAnswer OfItsCompanies(RuleAnswer answer, OwnershipRule rule, GraphView view) =>
        answer with { Verdicts = [.. answer.Verdicts.Where(verdict => rule.IsOf(view.Snapshot, verdict.Asked))] };

    /// <summary>The group by the rule an argument names.</summary>
    public RuleGroupOf Group(NodeHandle asked, OwnershipRule rule, RuleHolding least, IResolveFieldContext context)
    {
        var reading = Reading(asked.View, rule, [], context, out var facts, out var ties);
        var group = RuleGroup.Of(facts, reading, asked.Number, least);
        return new RuleGroupOf(new RuleAnswerOf(asked, Told(asked, rule, reading) with { Verdicts = group.Links }, ties, facts), group);
    }

    private static RuleAnswer Told(NodeHandle asked, OwnershipRule rule, RuleReading reading) =>
        reading.Of(asked.Number) is var answer && rule.IsOf(asked.View.Snapshot, asked.Number) ? answer : answer with { Applies = false };

    /// <summary>The rule an argument names, of some topics.</summary>
    public static OwnershipRule RuleOf(IResolveFieldContext context, string argument, string fallback, params RuleTopic[] topics)
    {
        var name = context.GetArgument<string?>(argument) ?? fallback;
        var rule = RuleBook.Shipped.Find(name);
        return rule is not null && topics.Contains(rule.Topic) ? rule : throw Problem.BadInput(argument, $"is no rule for this question. Rules: {string.Join(", ", NamesOf(topics))}.");
    }

    /// <summary>A part of the whole as an argument; 25 for 25% is refused.</summary>
    /// <exception cref="Http.TypedError">It is no part.</exception>
    public static decimal? PartOf(IResolveFieldContext context, string argument)
    {
        var part = context.GetArgument<decimal?>(argument);
        return part is < 0 or > 1 ? throw Problem.BadInput(argument, "must be a part from 0 to 1: 0.25 is 25%.") : part;
    }

    private static IEnumerable<string> NamesOf(RuleTopic[] topics) => RuleBook.Shipped.All.Where(rule => topics.Contains(rule.Topic)).Select(rule => rule.Name);

    private RuleReading Reading(GraphView view, OwnershipRule rule, IReadOnlyCollection<string> lists, IResolveFieldContext context, out RuleFacts facts, out bool ties)
    {
        (facts, ties) = FactsFor(view, rule, lists, context.Viewer(), context.Meter());
        return new RuleReading(facts, rule, view.Snapshot.Stamp.AsOfDay, context.Meter());
    }

    /// <summary>What a rule is held against for a viewer, and whether ties and lists are among it.</summary>
    private (RuleFacts Facts, bool Ties) FactsFor(GraphView view, OwnershipRule rule, IReadOnlyCollection<string> lists, Viewer viewer, WorkMeter meter)
    {
        var isOpen = MayRead(viewer, "RELATED_TO") && MayRead(viewer, "GUARANTEES") && MayRead(viewer, "LISTED_AS");
        var known = view.Derive((typeof(RuleFacts), isOpen), meter, (snapshot, paid) => RuleFacts.Of(
            snapshot, view.Market().Holdings(paid), view.Market().Control(ShareBound.Lower, paid).Agreements, isOpen, listed: [], MarketReading.OfLaw, view.LookThrough(paid)));
        return (isOpen && rule.Topic == RuleTopic.Sanctions ? known.WithListed(view.Market().Sanctions(meter).On(lists)) : known, isOpen);
    }

    /// <summary>Whether the table opens a relationship to the viewer, whoever it is about.</summary>
    private bool MayRead(Viewer viewer, string relationship) => Decide(viewer, relationship) is { Code: null, Access: Access.Allow };

    private AccessDecision Decide(Viewer viewer, string relationship) => AccessPolicy.Decide(viewer, new AccessQuestion(Standing.Visible, catalog.Relationship(relationship).Level));
}
