using GraphRisk.Graph.Algorithms.Ownership.Registers;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules.Limbs;

/// <summary>
/// Parts through chains. The lower ends of all holdings decide what is certain and the upper ones what is possible: every sum grows with
/// every share. A sum that could not be told from the threshold is possible.
/// </summary>
internal sealed class Part(LimbContext context) : LimbReading(context)
{
    private RuleFacts.Measured Measured => Facts.By(Limb.Measure, Meter);

    public override IEnumerable<LimbFinding> Into(int company) => Found(bound => Measured.LookThrough.OwnersOf(company, Question(bound), Meter));

    public override IEnumerable<LimbFinding> From(int party) => MayHold(party) ? Found(bound => Measured.LookThrough.HoldingsOf(party, Question(bound), Meter)) : [];

    public override IEnumerable<LimbFinding> All()
    {
        var register = new RegisterOwnership(Measured.Holdings);
        var certain = Pairs(register, ShareBound.Lower);
        var (sure, possible) = (certain.Select(pair => (pair.Holder, pair.Company)).ToHashSet(), Measured.Holdings.HasIntervals ? Pairs(register, ShareBound.Upper) : certain);
        foreach (var pair in Meter.Along(possible))
            if (MayHold(pair.Holder))
                yield return LimbFinding.Of(
                    pair.Holder, pair.Company, AtMost(sure.Contains((pair.Holder, pair.Company)) ? RuleHolding.Certain : RuleHolding.Possible),
                    new PartFigure(LegalThreshold.Round(pair.Lower ?? 0), LegalThreshold.Round(pair.Share), pair.Upper is { } most ? LegalThreshold.Round(most) : null));
    }

    private static PartFigure FigureOf(OwnershipStake stake) =>
        new(stake.Lower is { } low ? LegalThreshold.Round(low) : 0, stake.Rounded, stake.Upper is { } most ? LegalThreshold.Round(most) : null);

    private System.Collections.Immutable.ImmutableArray<OwnershipPair> Pairs(RegisterOwnership register, ShareBound bound) =>
        register.Find(new RegisterQuestion(Limb.Semantics, Limb.Threshold, Limb.Operator == ThresholdOperator.Above) { Bound = bound }, Meter).Pairs;

    private LookThroughQuestion Question(ShareBound bound) => new(Limb.Semantics) { Threshold = Limb.Threshold, Operator = Limb.Operator, Bound = bound };

    private IEnumerable<LimbFinding> Found(Func<ShareBound, LookThroughAnswer> ask)
    {
        var lower = ask(ShareBound.Lower);
        var upper = Measured.Holdings.HasIntervals ? ask(ShareBound.Upper) : lower;
        var sure = lower.Stakes.Select(stake => (stake.Holder, stake.Company)).ToHashSet();
        foreach (var open in lower.Findings.Where(finding => finding.Kind == OwnershipFindingKind.ThresholdUndecided))
            sure.RemoveWhere(pair => open.Companies.Contains(pair.Company) && open.Holders.Contains(pair.Holder));
        foreach (var stake in upper.Stakes)
            if (MayHold(stake.Holder))
                yield return LimbFinding.Of(
                    stake.Holder, stake.Company, AtMost(sure.Contains((stake.Holder, stake.Company)) ? RuleHolding.Certain : RuleHolding.Possible), FigureOf(stake));
    }
}

/// <summary>Parts held directly.</summary>
internal sealed class DirectPart(LimbContext context) : LimbReading(context)
{
    private HoldingGraph Holdings => Facts.By(Limb.Measure, Meter).Holdings;

    public override IEnumerable<LimbFinding> Into(int company)
    {
        Meter.ChargeNode(Holdings.In.Degree(company));
        foreach (var edge in Holdings.EdgesInto(company).ToArray())
            if (Find(Holdings[edge]) is { } found) yield return found;
    }

    public override IEnumerable<LimbFinding> From(int party)
    {
        Meter.ChargeNode(Holdings.Out.Degree(party));
        foreach (var holding in Holdings.HeldBy(party).ToArray())
            if (Find(holding) is { } found) yield return found;
    }

    private LimbFinding? Find(Holding holding)
    {
        var holds = Reaches(holding.Equity, ShareBound.Lower) ? RuleHolding.Certain : Reaches(holding.Equity, ShareBound.Upper) ? RuleHolding.Possible : RuleHolding.No;
        return holds == RuleHolding.No || holding.Holder == holding.Company || !MayHold(holding.Holder)
            ? null
            : LimbFinding.Of(holding.Holder, holding.Company, AtMost(holds), new PartFigure(holding.Equity.Lower, holding.Equity.Share, holding.Equity.Upper));
    }

    private bool Reaches(ShareInterval part, ShareBound bound) =>
        part.At(bound) > 0 && part.Reaches(Limb.Threshold, Limb.Operator, bound);
}
