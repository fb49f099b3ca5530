using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Algorithms;

namespace GraphRisk.Cli.Ownership;

/// <summary>
/// A rule of law asked of a whole register: all pairs that meet it, each with the limb by which it does. Without a list of sanctions every party is asked
/// about as if it alone were listed; what an edge list does not say (who is a natural person, who holds an office) is in no verdict, or is named as not known.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Version">The wording that is applied.</param>
internal sealed record RuleMeasure(OwnershipRule Rule, RuleVersion Version)
{
    /// <summary>The rules that can be asked of a register, each with its title.</summary>
    public static IEnumerable<string> Told => RuleBook.Shipped.All.Select(rule => $"  {rule.Name}: {rule.Title}");

    /// <summary>The rule of a name, in the wording of a day.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static RuleMeasure Named(string name, DateOnly day) => RuleBook.Shipped.Find(name) is { } rule
        ? new RuleMeasure(rule, rule.On(day))
        : throw new UserErrorException($"'{name}' is no rule. Rules: {string.Join(", ", RuleBook.Shipped.All.Select(each => each.Name))}.");

    /// <summary>Whether it looks between the investors of a company, which each pair then names.</summary>
    public bool IsAmongInvestors => Rule.Scope == RuleScope.Investors;

    /// <summary>The measure that finds its pairs.</summary>
    /// <param name="facts">What the rule is held against.</param>
    /// <param name="isOf">Whether a company is one the rule is of.</param>
    /// <param name="day">The day whose wording applies.</param>
    /// <param name="possible">Whether pairs are told that are no more than possible.</param>
    public OwnershipMeasure Over(RuleFacts facts, Func<OwnershipRule, int, bool> isOf, DateOnly day, bool possible) => new(Rule.Name, Rule.Title, 0, false, false, (_, meter) => Find(facts, isOf, day, possible, meter))
    {
        Rule = this,
    };

    private ToldPairs Find(RuleFacts facts, Func<OwnershipRule, int, bool> isOf, DateOnly day, bool possible, WorkMeter meter)
    {
        var answer = new RuleReading(facts, Rule, day, meter).All();
        return new ToldPairs(
            [.. answer.Verdicts.Where(verdict => isOf(Rule, verdict.Asked) && (possible || verdict.Finding.Holds == RuleHolding.Certain)).Select(verdict => new ToldPair(
                verdict.Finding.Holders[0], verdict.Finding.Company, verdict.Finding.Figure?.Stated, verdict.Finding.Figure?.Lower, verdict.Finding.Figure?.Upper) { Verdict = verdict })],
            answer.Findings, null);
    }
}
