using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Graph.Algorithms.Ownership.Rules.Limbs;

/// <summary>
/// What is commanded: the part of a party and of all it controls by majority of votes (<see cref="CompanyControl"/>), each in full and
/// nothing multiplied. The limb's threshold is held against the sum in one company; whom the party controls is decided by majority always,
/// so 31% of votes held by three companies it controls is above 30%. On lower ends what is certain, on upper ends what is possible.
/// <para>Parties bound by an agreement are one holder in the companies the agreement covers.</para>
/// </summary>
internal sealed class Command : LimbReading
{
    private readonly LimbContext context;
    private readonly Side certain;
    private readonly Side possible;

    public Command(LimbContext context) : base(context)
    {
        this.context = context;
        certain = new Side(context, ShareBound.Lower);
        possible = context.Facts.HasRanges ? new Side(context, ShareBound.Upper) : certain;
    }

    public override IEnumerable<LimbFinding> Into(int company)
    {
        var upstream = BreadthFirst.Reach(Facts.Holdings.In, company, meter: Meter).Append(company).ToHashSet();
        foreach (var party in upstream.Order())
            if (party != company && MayHold(party) && Find([party], -1, company, certain.Of(party), possible.Of(party)) is { } found) yield return found;
        foreach (var agreement in Agreements.Where(agreement => agreement.Members.Any(upstream.Contains)))
            if (Find(agreement, company) is { } found) yield return found;
    }

    public override IEnumerable<LimbFinding> From(int party)
    {
        if (MayHold(party))
            foreach (var company in possible.Below(possible.Of(party)))
                if (company != party && Find([party], -1, company, certain.Of(party), possible.Of(party)) is { } found) yield return found;
        foreach (var agreement in Agreements.Where(agreement => agreement.Members.Contains(party)))
            foreach (var found in From(agreement)) yield return found;
    }

    public override IEnumerable<LimbFinding> All()
    {
        for (var party = 0; party < Facts.Holdings.NodeCount; party++)
        {
            if (Facts.Holdings.Out.Degree(party) == 0 || !MayHold(party)) continue;
            var (sure, open) = (certain.Pool(party), possible.Pool(party));
            foreach (var company in possible.Below(open))
                if (company != party && Find([party], -1, company, sure, open) is { } found) yield return found;
        }

        foreach (var found in Agreements.SelectMany(From)) yield return found;
    }

    private IEnumerable<ConcertAgreement> Agreements => Limb.Jointly == Jointly.Never ? [] : Facts.Agreements.Where(agreement => agreement.Members.Any(MayHold));

    private IEnumerable<LimbFinding> From(ConcertAgreement agreement)
    {
        foreach (var company in possible.Below(possible.Of(agreement)))
            if (Find(agreement, company) is { } found) yield return found;
    }

    private LimbFinding? Find(ConcertAgreement agreement, int company)
    {
        if (agreement.Members.Contains(company)) return null;
        if (Limb.Jointly == Jointly.UnlessAlone && agreement.Members.Any(member => certain.Commands(certain.Of(member), company))) return null;
        return Find(agreement.Members, agreement.Node, company, certain.Of(agreement), possible.Of(agreement));
    }

    private LimbFinding? Find(System.Collections.Immutable.ImmutableArray<int> holders, int agreement, int company, ControlReach sure, ControlReach open)
    {
        var holds = certain.Commands(sure, company) ? RuleHolding.Certain : possible.Commands(open, company) ? RuleHolding.Possible : RuleHolding.No;
        if (holds == RuleHolding.No) return null;
        return new LimbFinding(
            holders, agreement, company, AtMost(holds), FigureOf(sure, open, company), possible.FirstOther(open, company));
    }

    private PartFigure FigureOf(ControlReach sure, ControlReach open, int company)
    {
        var (least, most) = (certain.EndOf(sure, company), possible.EndOf(open, company));
        return new PartFigure(least.Part, certain.StatedOf(sure, company), most.Part, least.IsOpen, most.Part > least.Part && most.IsOpen);
    }

    /// <summary>One end of the ranges.</summary>
    private sealed class Side
    {
        private readonly LimbContext context;
        private readonly CompanyControl control;
        private readonly VoteScale scale;
        private readonly ShareBound bound;
        private readonly Dictionary<int, ControlReach> alone = [];
        private readonly Dictionary<int, ControlReach> together = [];

        public Side(LimbContext context, ShareBound bound)
        {
            (this.context, this.bound) = (context, bound);
            control = new CompanyControl(context.Facts.Holdings, context.Facts.Agreements, context.Facts.Control with { Bound = bound });
            // Own shares have no votes; of the equity they are a part like any other.
            scale = new VoteScale(
                context.Facts.Holdings,
                new ControlParameters(context.Limb.Threshold, bound)
                {
                    Operator = context.Limb.Operator,
                    Treasury = context.Limb.Measure == ShareMeasure.Votes ? context.Facts.Control.Treasury : TreasuryShares.Counted,
                },
                context.Limb.Measure);
        }

        private HoldingGraph Holdings => context.Facts.Holdings;

        public ControlReach Pool(int party) => control.Reach(party, context.Meter);

        public ControlReach Of(int party)
        {
            if (!alone.TryGetValue(party, out var reach)) alone.Add(party, reach = Pool(party));
            return reach;
        }

        public ControlReach Of(ConcertAgreement agreement)
        {
            if (!together.TryGetValue(agreement.Node, out var reach)) together.Add(agreement.Node, reach = control.Reach(agreement, context.Meter));
            return reach;
        }

        /// <summary>Companies of which a pool may hold enough, ascending: what falls short in sum is not looked at from the company's side, where it may have thousands of holders.</summary>
        public List<int> Below(ControlReach reach)
        {
            var holders = reach.Controlled.Concat(reach.Controller.Members).ToHashSet();
            // What members control alone is pooled too.
            if (reach.Controller.IsConcert) holders.UnionWith(reach.Controller.Members.SelectMany(member => Of(member).Controlled));
            var sums = new SortedDictionary<int, decimal>();
            foreach (var holder in holders)
            {
                context.Meter.ChargeNode(Holdings.Out.Degree(holder));
                foreach (var holding in Holdings.HeldBy(holder)) sums[holding.Company] = sums.GetValueOrDefault(holding.Company) + scale.Of(holding).Upper;
            }

            return [.. sums.Where(sum => scale.MayCommand(sum.Value, sum.Key)).Select(sum => sum.Key)];
        }

        public bool Commands(ControlReach reach, int company)
        {
            var (sum, isThrough) = Sum(reach, company);
            return (isThrough || !context.Limb.Through) && scale.Commands(sum, company);
        }

        public (decimal Part, bool IsOpen) EndOf(ControlReach reach, int company) => scale.EndOf(Sum(reach, company).Sum, company);

        public decimal StatedOf(ControlReach reach, int company) => Sum(reach, company).Sum.Share;

        /// <summary>The first party of the pool other than the controller itself that holds a part; -1 where there is none.</summary>
        public int FirstOther(ControlReach reach, int company)
        {
            foreach (var edge in Holdings.EdgesInto(company))
                if (IsOther(reach, Holdings[edge], company)) return Holdings[edge].Holder;
            return -1;
        }

        private (ShareInterval Sum, bool IsThrough) Sum(ControlReach reach, int company)
        {
            context.Meter.ChargeNode(Holdings.In.Degree(company));
            var (sum, isThrough) = (ShareInterval.Exactly(0), false);
            foreach (var edge in Holdings.EdgesInto(company))
            {
                var holding = Holdings[edge];
                if (!scale.Counts(holding) || !reach.Pools(holding.Holder, company)) continue;
                sum += scale.Of(holding);
                isThrough |= IsOther(reach, holding, company);
            }

            return (sum, isThrough);
        }

        private bool IsOther(ControlReach reach, Holding holding, int company) =>
            holding.Holder != company && scale.Of(holding).At(bound) > 0 && reach.Pools(holding.Holder, company) && !reach.Controller.Members.Contains(holding.Holder);
    }
}
