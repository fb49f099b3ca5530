using System.Collections.Frozen;
using System.Collections.Immutable;
using GraphRisk.Matching.Comparison;
using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Model;

/// <summary>
/// What holds of a pair whatever its comparisons add up to. They are counted as if independent, and for some combinations that is known to be wrong;
/// each of them is a row of a table here, a step of its own in the waterfall, with the reason. A rule that speaks against a match takes the score down to a little above its
/// bound, and leaves the order of the scores as it was: what it takes is doubtful, not impossible, and lies before people who review. Only numbers of registers
/// decide for good. Applied in the order of the table; the sum of all steps is the score.
/// </summary>
/// <param name="plan">What is compared.</param>
/// <param name="kinship">Who agrees in much and is not one.</param>
/// <param name="areBirthDatesRight">The table has not shown that birth dates of one party often have nothing in common.</param>
internal sealed class PairRules(ComparisonPlan plan, Kinship kinship, bool areBirthDatesRight)
{
    /// <summary>Bits of probabilities of about 8, 7 and 38 in 100: bounds of what speaks against.</summary>
    private const double Doubtful = -3.5, Unlikely = -3.75, NamesakesOnly = -0.7;

    /// <summary>Bits of one number of one party, and of two numbers where a party has one.</summary>
    private const double OneNumber = 10, TwoNumbers = -20;

    /// <summary>Bits beyond the names that support them.</summary>
    private const double LeastSupport = 1.5;

    private static readonly FrozenSet<string> Offices = (
        "info office contact admin administration sales support service services hello mail email post team help helpdesk enquiries enquiry inquiries inquiry reception accounts accounting billing "
        + "finance hr jobs careers marketing media press legal compliance noreply no-reply donotreply webmaster postmaster hostmaster customerservice kontakt secretary 123 test none").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly (string Name, string Reason, Func<PairRules, Tally, PairComparer, double> Change)[] Table =
    [
        ("mailbox", "of an office, or made of the name: says nothing of its own", (rules, tally, comparer) => rules.WithoutMailbox(tally, comparer)),
        ("names", "differ; what else agrees relatives, twins and colleagues have in common too", (rules, tally, comparer) => rules.WithoutNames(tally, comparer)),
        ("names", "alike and not the same, and nothing else speaks for one: namesakes are many", (rules, tally, comparer) => rules.NamesAlone(tally, comparer)),
        ("birth dates", "have nothing in common; what agrees father and son have too", (rules, tally, comparer) => rules.OtherBirth(tally, comparer)),
        ("generation", "Sr, Jr, II or III differ", (rules, tally, comparer) => rules.OtherGeneration(tally, comparer)),
        ("number", "one that one party has", (rules, tally, comparer) => rules.SameNumber(tally, comparer)),
        ("number", "two valid ones of a register that gives a party one", (rules, tally, comparer) => rules.OtherNumber(tally, comparer)),
    ];

    private readonly AttributeKind[] kinds = [.. plan.Comparisons.Select(comparison => comparison.Attribute.Kind)];

    /// <summary>The score after all rules.</summary>
    /// <param name="tally">What was compared adds up to.</param>
    /// <param name="comparer">Has compared the pair last.</param>
    /// <param name="told">Takes the steps; null where nobody asks.</param>
    public double Apply(Tally tally, PairComparer comparer, ImmutableArray<WaterfallStep>.Builder? told)
    {
        if (tally.Score <= Unlikely && SameNumber(tally, comparer) == 0) return tally.Score;
        for (var rule = 0; rule < Table.Length; rule++)
        {
            var bits = Table[rule].Change(this, tally, comparer);
            if (bits == 0) continue;
            tally = tally with { Score = tally.Score + bits, Beyond = tally.Beyond - (rule == 0 ? tally.Mail : 0) };
            told?.Add(new WaterfallStep(Table[rule].Name, Table[rule].Reason, bits));
        }

        return tally.Score;
    }

    /// <summary>Whether a pair is parted by birth dates or generations: a third record that says neither cannot put them together.</summary>
    public bool Parts(PairComparer comparer)
    {
        var sure = new Tally(OneNumber, 0, 0, 0);
        return SameNumber(sure with { Score = 0 }, comparer) == 0 && (OtherBirth(sure, comparer) < 0 || OtherGeneration(sure, comparer) < 0);
    }

    /// <summary>Whether anything of a pair speaks against one party, and not only the rarity of parties and what is not known.</summary>
    public bool SpeaksAgainst(Tally tally, PairComparer comparer)
    {
        var sure = tally with { Score = OneNumber };
        return tally.Against < 0 || WithoutNames(sure, comparer) < 0 || OtherGeneration(sure, comparer) < 0 || OtherNumber(sure, comparer) < 0;
    }

    /// <summary>From a score down to a bound, a little of what is above it left.</summary>
    private static double Down(double score, double bound) => score <= bound ? 0 : bound + ((score - bound) / (8 + score - bound)) - score;

    private bool ArePersons(PairComparer comparer) => kinship.IsHousehold && !plan.IsOfType("organisation", comparer.Records.Left, comparer.Records.Right);

    private bool IsNear(int comparison, int level) => level > 0 && (level < AttributeComparison.FirstDifferent || plan.Comparisons[comparison].Levels[level].IsNear);

    private double WithoutMailbox(Tally tally, PairComparer comparer)
    {
        if (tally.Mail <= 0 || !ArePersons(comparer)) return 0;
        var at = Array.IndexOf(kinds, AttributeKind.Email);
        var texts = plan.Comparisons[at].Attribute.Texts;
        var (left, right) = (texts[comparer.LeftValues[at]], texts[comparer.RightValues[at]]);
        var (user, other) = (UserOf(left), UserOf(right));
        if (Offices.Contains(user) && Offices.Contains(other)) return -tally.Mail;
        return left != right && user == other && !user.Any(char.IsAsciiDigit) && IsMadeOfName(user, comparer) ? -tally.Mail : 0;
    }

    private static string UserOf(string mailbox) => mailbox.IndexOf('@', StringComparison.Ordinal) is var at and > 0 ? mailbox[..at] : mailbox;

    /// <summary>Whether a mailbox has a word of both names in it.</summary>
    private bool IsMadeOfName(string user, PairComparer comparer)
    {
        for (var i = 0; i < kinds.Length; i++)
            if (Kinship.IsName(kinds[i]) && comparer.Levels[i] > 0 && HasWordOf(user, i, comparer.LeftValues[i]) && HasWordOf(user, i, comparer.RightValues[i])) return true;
        return false;
    }

    private bool HasWordOf(string user, int comparison, int value) =>
        plan.Comparisons[comparison].Attribute.Texts[value].Split([' ', ',', '-', '.'], StringSplitOptions.RemoveEmptyEntries).Any(word => word.Length >= 3 && user.Contains(word, StringComparison.Ordinal));

    private double WithoutNames(Tally tally, PairComparer comparer)
    {
        if (tally.Score <= Doubtful || !ArePersons(comparer)) return 0;
        var apart = false;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (comparer.Levels[i] == 0) continue;
            var isNear = IsNear(i, comparer.Levels[i]);
            if (kinds[i] == AttributeKind.Identifier && isNear) return 0;
            if (kinds[i] is not (AttributeKind.PersonName or AttributeKind.Name)) continue;
            if (isNear) return 0;
            apart = true;
        }

        return apart ? Down(tally.Score, Doubtful) : 0;
    }

    private double NamesAlone(Tally tally, PairComparer comparer)
    {
        if (tally.Score <= NamesakesOnly || tally.Beyond >= LeastSupport || !ArePersons(comparer)) return 0;
        var alike = false;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is not (AttributeKind.PersonName or AttributeKind.Name) || comparer.Levels[i] == 0) continue;
            if (comparer.Levels[i] < AttributeComparison.FirstDifferent) return 0;
            alike |= IsNear(i, comparer.Levels[i]);
        }

        return alike ? Down(tally.Score, NamesakesOnly) : 0;
    }

    private double OtherBirth(Tally tally, PairComparer comparer)
    {
        if (tally.Score <= Doubtful || !areBirthDatesRight || !ArePersons(comparer)) return 0;
        var apart = false;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (kinds[i] is AttributeKind.Identifier or AttributeKind.Email && IsNear(i, comparer.Levels[i])) return 0;
            apart |= kinds[i] == AttributeKind.BirthDate && comparer.Levels[i] == plan.Comparisons[i].Different;
        }

        return apart ? Down(tally.Score, Doubtful) : 0;
    }

    private double OtherGeneration(Tally tally, PairComparer comparer) =>
        tally.Score > Unlikely && plan.Generations.Differ(comparer.Records.Left, comparer.Records.Right) ? Down(tally.Score, Unlikely) : 0;

    private double SameNumber(Tally tally, PairComparer comparer)
    {
        if (!plan.Numbers.IsAny || tally.Score >= OneNumber) return 0;
        for (var i = 0; i < kinds.Length; i++)
            if (kinds[i] == AttributeKind.Identifier && comparer.Levels[i] is > 0 and < AttributeComparison.FirstDifferent && plan.Numbers.IsStrong(plan.Comparisons[i].Attribute, comparer.LeftValues[i]))
                return OneNumber - tally.Score;
        return 0;
    }

    private double OtherNumber(Tally tally, PairComparer comparer) =>
        plan.Numbers.HasRegisters && tally.Score > Unlikely && plan.Numbers.AreInConflict(comparer.Records.Left, comparer.Records.Right) ? TwoNumbers - tally.Score : 0;
}

/// <summary>What was compared, added up.</summary>
/// <param name="Score">All bits, prior included.</param>
/// <param name="Beyond">Bits for a match of what is no name and no date of administration.</param>
/// <param name="Mail">Bits for a match of a mailbox, part of those.</param>
/// <param name="Against">Bits against a match; 0 or less.</param>
internal readonly record struct Tally(double Score, double Beyond, double Mail, double Against);
