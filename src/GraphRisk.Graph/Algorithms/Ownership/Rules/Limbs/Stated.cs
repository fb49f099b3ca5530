namespace GraphRisk.Graph.Algorithms.Ownership.Rules.Limbs;

/// <summary>A tie that a source states: as certain as the statement, unless the law leaves it to a judgement.</summary>
internal sealed class Tie(LimbContext context) : LimbReading(context)
{
    public override IEnumerable<LimbFinding> Into(int company) => Ties(company, outgoing: false).Where(MayHold).Select(party => LimbFinding.Of(party, company, AtMost(RuleHolding.Certain)));

    public override IEnumerable<LimbFinding> From(int party) =>
        MayHold(party) ? Ties(party, outgoing: true).Select(company => LimbFinding.Of(party, company, AtMost(RuleHolding.Certain))) : [];

    private IEnumerable<int> Ties(int node, bool outgoing) =>
        Facts.Ties.Of(Limb.Relationship!, node, outgoing, Limb.Words, Meter).Select(tie => tie.Other).Where(other => other != node).Distinct().Order();
}

/// <summary>Agreements in force: in a company that one names, and, where it names none, in those of which two of its parties hold parts.</summary>
internal sealed class Agreed(LimbContext context) : LimbReading(context)
{
    public override IEnumerable<LimbFinding> Into(int company)
    {
        foreach (var agreement in Meter.Along(Facts.Agreements))
            if (agreement.Covers(company) && (!agreement.Companies.IsEmpty || agreement.Members.Count(member => Facts.Holdings.Find(member, company) is not null) >= 2))
                yield return new LimbFinding(agreement.Members, agreement.Node, company, AtMost(RuleHolding.Certain), VotesOf(agreement, company), -1);
    }

    /// <summary>The votes the parties hold themselves.</summary>
    private PartFigure VotesOf(ConcertAgreement agreement, int company)
    {
        var sum = ShareInterval.Exactly(0);
        foreach (var member in agreement.Members)
            if (Facts.Holdings.Find(member, company) is { } holding) sum += holding.Votes;
        return new PartFigure(sum.Lower, sum.Share, sum.Upper);
    }

    public override IEnumerable<LimbFinding> From(int party) =>
        from agreement in Meter.Along(Facts.Agreements)
        where agreement.Members.Contains(party)
        from other in agreement.Members
        where other != party
        select new LimbFinding([party], agreement.Node, other, AtMost(RuleHolding.Certain), null, -1);
}

/// <summary>Both hold a part of one partnership.</summary>
internal sealed class CommonPartnership(LimbContext context) : LimbReading(context)
{
    public override bool IsMutual => true;

    public override IEnumerable<LimbFinding> Into(int company) => From(company);

    public override IEnumerable<LimbFinding> From(int party)
    {
        Meter.ChargeNode(Facts.Holdings.Out.Degree(party));
        foreach (var partnership in Facts.Holdings.Out.Neighbours(party).ToArray())
        {
            if (partnership == party || Facts.FormOf(partnership) != PartyForm.Partnership) continue;
            Meter.ChargeNode(Facts.Holdings.In.Degree(partnership));
            foreach (var other in Facts.Holdings.In.Neighbours(partnership).ToArray())
                if (other != party && other != partnership) yield return LimbFinding.Of(party, other, AtMost(RuleHolding.Certain), via: partnership);
        }
    }
}
