using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership.Rules;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Ownership.History;

/// <summary>What is asked of each day of a history.</summary>
/// <param name="Stakes">How chains add up, and from which part on stakes are told.</param>
/// <param name="Measure">Whether parts of the equity or of the votes are told.</param>
/// <param name="Rule">The rule whose steps are watched.</param>
/// <param name="Control">When votes control, under the rule.</param>
public sealed record HistoryQuestion(LookThroughQuestion Stakes, ShareMeasure Measure, OwnershipRule Rule, ControlParameters Control);

/// <summary>Who is one holder under a rule: one party, or those whom an agreement binds.</summary>
/// <param name="Agreement">Node of the agreement; -1 where there is none.</param>
/// <param name="Party">Node of the party; -1 where an agreement binds several.</param>
public readonly record struct StepHolder(int Agreement, int Party);

/// <summary>What a holder commands.</summary>
/// <param name="Holders">Nodes of the parties, ascending.</param>
/// <param name="Figure">The part.</param>
public sealed record CommandedPart(ImmutableArray<int> Holders, PartFigure Figure);

/// <summary>
/// Who owns a company at the close of a day, and who commands what of it under a rule with steps. All nodes are numbers of the last day's snapshot, since
/// each day's snapshot numbers its own.
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="Stakes">The part of each owner, by node.</param>
/// <param name="Commanded">What each holder commands, limb by limb of those that have steps.</param>
/// <param name="Version">The wording of the rule on that day.</param>
/// <param name="IsOf">Whether the rule is of the company.</param>
/// <param name="Findings">What must be said beside it.</param>
public sealed record OwnershipDay(
    DateOnly Day, ImmutableSortedDictionary<int, PartFigure> Stakes, ImmutableDictionary<string, ImmutableDictionary<StepHolder, CommandedPart>> Commanded, RuleVersion Version, bool IsOf,
    ImmutableArray<OwnershipFinding> Findings)
{
    /// <summary>Reads a day.</summary>
    /// <param name="snapshot">What is seen of the day.</param>
    /// <param name="last">What is seen of the last day, with the same knowledge.</param>
    /// <param name="company">Node of the company on the last day.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="meter">Pays for it.</param>
    public static OwnershipDay Of(Snapshot snapshot, Snapshot last, int company, HistoryQuestion question, WorkMeter meter) =>
        Of(snapshot, HoldingGraph.Of(snapshot, meter), last, company, question, meter);

    /// <summary>Reads a day whose holdings are prepared.</summary>
    public static OwnershipDay Of(Snapshot snapshot, HoldingGraph holdings, Snapshot last, int company, HistoryQuestion question, WorkMeter meter)
    {
        var (day, version) = (snapshot.Stamp.AsOfDay, question.Rule.On(snapshot.Stamp.AsOfDay));
        var asked = last.Nodes.MembersOf(company).Select(snapshot.Nodes.Find).FirstOrDefault(node => node >= 0, -1);
        if (asked < 0) return new OwnershipDay(day, ImmutableSortedDictionary<int, PartFigure>.Empty, ImmutableDictionary<string, ImmutableDictionary<StepHolder, CommandedPart>>.Empty, version, false, []);
        int Now(int node) => node < 0 ? -1 : last.Nodes.Find(snapshot.Nodes.IdOf(node));
        var answer = new OwnershipLookThrough(question.Measure == ShareMeasure.Votes ? holdings.OfVotes() : holdings).OwnersOf(asked, question.Stakes, meter);
        var stakes = answer.Stakes.ToImmutableSortedDictionary(stake => Now(stake.Holder), FigureOf);
        var facts = RuleFacts.Of(snapshot, holdings, ConcertAgreement.InForce(snapshot), ties: false, listed: null, question.Control);
        var commanded = version.Limbs.Where(limb => limb is { Step: > 0, Kind: LimbKind.Command })
            .ToImmutableDictionary(limb => limb.Name, limb => CommandedIn(asked, facts, question.Rule, version, limb, day, Now, meter));
        return new OwnershipDay(day, stakes, commanded, version, question.Rule.IsOf(snapshot, asked), [.. answer.Findings.Select(finding => finding with
        {
            Companies = [.. finding.Companies.Select(Now)], Holders = [.. finding.Holders.Select(Now)],
        })]);
    }

    /// <summary>What everybody commands, whether or not it is enough for the limb.</summary>
    private static ImmutableDictionary<StepHolder, CommandedPart> CommandedIn(
        int company, RuleFacts facts, OwnershipRule rule, RuleVersion version, RuleLimb limb, DateOnly day, Func<int, int> now, WorkMeter meter)
    {
        var bare = rule with { Versions = [version with { Limbs = [limb with { Threshold = 0, Operator = ThresholdOperator.AtLeast, Unless = [], Failing = [], Where = [] }] }] };
        return new RuleReading(facts, bare, day, meter).Of(company).Verdicts.Select(verdict => verdict.Finding).Where(finding => finding.Figure is not null).ToImmutableDictionary(
            finding => new StepHolder(now(finding.Agreement), now(finding.Alone)), finding => new CommandedPart([.. finding.Holders.Select(now).Order()], finding.Figure!));
    }

    private static PartFigure FigureOf(OwnershipStake stake) =>
        new(stake.Lower is { } low ? LegalThreshold.Round(low) : 0, stake.Rounded, stake.Upper is { } most ? LegalThreshold.Round(most) : null);
}
