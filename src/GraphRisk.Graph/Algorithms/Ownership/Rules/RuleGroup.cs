using System.Collections.Immutable;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules;

/// <summary>A group by a rule.</summary>
/// <param name="Members">Nodes, ascending; whom it was asked of is among them.</param>
/// <param name="Links">What joins them.</param>
/// <param name="IsComplete">False where there are more members than are looked for.</param>
public sealed record GroupAnswer(ImmutableArray<int> Members, ImmutableArray<RuleVerdict> Links, bool IsComplete);

/// <summary>
/// The group a party is in by a rule between parties: whoever the rule ties to it, and whoever is tied to those in turn, round by round.
/// <para>
/// Two are members and lead no further: a public body, since what the state controls is not one group for it; and who joins by an
/// agreement alone, since those who control one company together need have nothing else in common. Control by an agreement makes the
/// company a member of the group of each. Parties by number within a round, so the answer is a function of facts and rule. Cost: the
/// rule asked of each member.
/// </para>
/// </summary>
public static class RuleGroup
{
    /// <summary>Members that are looked for at most.</summary>
    public const int MostMembers = 500;

    /// <summary>The group.</summary>
    /// <param name="facts">What the rule is held against.</param>
    /// <param name="reading">The rule.</param>
    /// <param name="party">Node of the party.</param>
    /// <param name="least">What a link must be: certain, or possible as well.</param>
    public static GroupAnswer Of(RuleFacts facts, RuleReading reading, int party, RuleHolding least)
    {
        var members = new SortedSet<int> { party };
        var links = new List<RuleVerdict>();
        var told = new HashSet<(string, string, int, int)>();
        var isComplete = true;
        for (SortedSet<int> round = [party], next = []; round.Count > 0; (round, next) = (next, []))
            foreach (var member in round)
                foreach (var link in reading.Of(member).Verdicts.Where(verdict => verdict.Finding.Holds >= least))
                {
                    int[] ends = [.. link.Finding.Holders, link.Finding.Company];
                    if (ends.Any(end => !members.Contains(end)) && members.Count + ends.Length > MostMembers)
                    {
                        isComplete = false;
                        continue;
                    }

                    if (told.Add((link.Limb.Name, string.Join(' ', ends.Order()), link.Finding.Agreement, link.Finding.Via))) links.Add(link);
                    foreach (var end in ends)
                        if (members.Add(end) && link.Finding.Agreement < 0 && facts.FormOf(end) != PartyForm.PublicBody) next.Add(end);
                }

        return new GroupAnswer([.. members], [.. links], isComplete);
    }
}
