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
    public static IEnumerable<string> Told => Askable.Select(rule => $"  {rule.Name}: {rule.Title}");

    private static IEnumerable<OwnershipRule> Askable => RuleBook.Shipped.All.Where(rule => rule.Scope != RuleScope.Investors);

    /// <summary>The rule of a name, in the wording of a day.</summary>
    /// <exception cref="UserErrorException">There is none, or it looks between the investors of one company.</exception>
    public static RuleMeasure Named(string name, DateOnly day)
    {
        var rule = RuleBook.Shipped.Find(name) ?? throw new UserErrorException($"'{name}' is no rule. Rules: {string.Join(", ", Askable.Select(each => each.Name))}.");
        return rule.Scope != RuleScope.Investors ? new RuleMeasure(rule, rule.On(day))
            : throw new UserErrorException($"{rule.Name} looks between the investors of one company: the question 'concertParties' asks it.");
    }

    /// <summary>The measure that finds its pairs.</summary>
    /// <param name="facts">What the rule is held against.</param>
    /// <param name="day">The day whose wording applies.</param>
    /// <param name="possible">Whether pairs are told that are no more than possible.</param>
    public OwnershipMeasure Over(RuleFacts facts, DateOnly day, bool possible) => new(Rule.Name, Rule.Title, 0, false, false, (_, meter) => Find(facts, day, possible, meter))
    {
        Rule = this,
    };

    private ToldPairs Find(RuleFacts facts, DateOnly day, bool possible, WorkMeter meter)
    {
        var answer = new RuleReading(facts, Rule, day, meter).All();
        return new ToldPairs(
            [.. answer.Verdicts.Where(verdict => possible || verdict.Finding.Holds == RuleHolding.Certain).Select(verdict => new ToldPair(
                verdict.Finding.Holders[0], verdict.Finding.Company, verdict.Finding.Figure?.Stated, verdict.Finding.Figure?.Lower, verdict.Finding.Figure?.Upper) { Verdict = verdict })],
            answer.Findings, null);
    }
}
