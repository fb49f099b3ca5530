namespace GraphRisk.Graph.Algorithms.Ownership.Rules.Limbs;

/// <summary>Any of several limbs.</summary>
internal sealed class AnyOf(LimbContext context, LimbReading[] limbs) : LimbReading(context)
{
    public override IEnumerable<LimbFinding> Into(int company) => limbs.SelectMany(limb => limb.Into(company));

    public override IEnumerable<LimbFinding> From(int party) => limbs.SelectMany(limb => limb.From(party));

    public override IEnumerable<LimbFinding> All() => limbs.SelectMany(limb => limb.All());
}

/// <summary>A part of one who stands in another limb to the company: enough of whoever controls it.</summary>
internal sealed class PartOfController(LimbContext context) : LimbReading(context)
{
    private readonly LimbReading above = context.Base();
    private readonly LimbReading part = Of(context with { Limb = context.Limb with { Kind = LimbKind.Part, Of = [] } });

    public override IEnumerable<LimbFinding> Into(int company) =>
        from control in above.Into(company)
        where control.Alone >= 0
        from owned in part.Into(control.Alone)
        where owned.Alone != company
        select owned with { Company = company, Via = control.Alone, Holds = Least(owned.Holds, control.Holds) };

    public override IEnumerable<LimbFinding> From(int party) =>
        from owned in part.From(party)
        from control in above.From(owned.Company)
        where control.Alone >= 0 && control.Company != party
        select owned with { Company = control.Company, Via = control.Alone, Holds = Least(owned.Holds, control.Holds) };

    public override IEnumerable<LimbFinding> All()
    {
        var controlled = above.All().Where(control => control.Alone >= 0).ToLookup(control => control.Alone);
        return from owned in part.All()
            from control in controlled[owned.Company]
            where control.Company != owned.Alone
            select owned with { Company = control.Company, Via = control.Alone, Holds = Least(owned.Holds, control.Holds) };
    }
}

/// <summary>A third party that stands in another limb to both.</summary>
internal sealed class Common(LimbContext context) : LimbReading(context)
{
    private readonly LimbReading below = context.Base();

    public override bool IsMutual => true;

    public override IEnumerable<LimbFinding> Into(int company) => From(company);

    public override IEnumerable<LimbFinding> From(int party)
    {
        if (!MayHold(party)) yield break;
        foreach (var own in below.Into(party))
        {
            if (own.Alone < 0 || (Limb.ExceptPublicBodies && Facts.FormOf(own.Alone) == PartyForm.PublicBody)) continue;
            foreach (var other in Meter.Along(below.From(own.Alone)))
                if (other.Alone >= 0 && other.Company != party && MayHold(other.Company))
                    yield return LimbFinding.Of(party, other.Company, AtMost(Least(own.Holds, other.Holds)), Smaller(own.Figure, other.Figure), own.Alone);
        }
    }

    public override IEnumerable<LimbFinding> All()
    {
        foreach (var of in below.All().Where(found => found.Alone >= 0).GroupBy(found => found.Alone))
        {
            if (Limb.ExceptPublicBodies && Facts.FormOf(of.Key) == PartyForm.PublicBody) continue;
            LimbFinding[] held = [.. of.Where(found => MayHold(found.Company)).OrderBy(found => found.Company)];
            for (var i = 0; i < held.Length; i++)
            {
                Meter.Charge(held.Length - i);
                for (var j = i + 1; j < held.Length; j++)
                    yield return LimbFinding.Of(held[i].Company, held[j].Company, AtMost(Least(held[i].Holds, held[j].Holds)), Smaller(held[i].Figure, held[j].Figure), of.Key);
            }
        }
    }

    private static PartFigure? Smaller(PartFigure? one, PartFigure? other) => one is null || other is null ? null : one.Stated <= other.Stated ? one : other;
}

/// <summary>A relative of one who stands in another limb to the company.</summary>
internal sealed class Relative(LimbContext context) : LimbReading(context)
{
    private const string Kinship = "RELATED_TO";

    private static readonly bool[] BothWays = [true, false];

    private readonly LimbReading of = context.Base();

    public override IEnumerable<LimbFinding> Into(int company) =>
        from found in of.Into(company)
        where found.Alone >= 0
        from relative in RelativesOf(found.Alone)
        where relative != company && MayHold(relative)
        select LimbFinding.Of(relative, company, AtMost(found.Holds), found.Figure, found.Alone);

    public override IEnumerable<LimbFinding> From(int party) => !MayHold(party) ? [] :
        from relative in RelativesOf(party)
        from found in of.From(relative)
        where found.Alone >= 0 && found.Company != party
        select LimbFinding.Of(party, found.Company, AtMost(found.Holds), found.Figure, relative);

    private IEnumerable<int> RelativesOf(int person) => BothWays
        .SelectMany(outgoing => Facts.Ties.Of(Kinship, person, outgoing, Limb.Words, Meter)).Select(tie => tie.Other)
        .Where(other => other != person && Facts.FormOf(other) is PartyForm.Person or PartyForm.Unknown).Distinct().Order();
}
