using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Workflow.Admission;

/// <summary>
/// Searches for the smallest changes that make an application one that is admitted in full, each kind by itself with all else as it stands.
/// A lever moves the recommendation one way (more collateral never takes from a line), so the smallest step is found by doubling
/// until one suffices and halving back; what is returned was tried, and the step before it was tried and does not suffice. A kind that
/// cannot suffice is not named. About sixty recommendations a lever and security.
/// </summary>
public sealed class SmallestChanges
{
    /// <summary>Shares are bought by the hundred.</summary>
    public const decimal Lot = 100m;

    private const long MostSteps = 1L << 30;
    private const decimal UnboundedShares = 1e18m;

    private static readonly NodeId Another = new("Security", "another-share");

    private readonly AdmissionAdvisor advisor;
    private readonly AdmissionCase asked;
    private readonly WorkMeter meter;

    private SmallestChanges(AdmissionAdvisor advisor, AdmissionCase asked, WorkMeter meter) => (this.advisor, this.asked, this.meter) = (advisor, asked, meter);

    /// <summary>The changes, in the order of levers; none where the application is admitted as asked for.</summary>
    public static ImmutableArray<AdmissionChange> Of(AdmissionAdvisor advisor, AdmissionCase asked, WorkMeter? meter = null)
    {
        var search = new SmallestChanges(advisor, asked, meter ?? WorkMeter.Unlimited);
        return search.Try(asked) is not null ? [] : [.. search.All().OfType<AdmissionChange>()];
    }

    private decimal Step => advisor.Policy.LineStep;

    private IEnumerable<AdmissionChange?> All()
    {
        var places = Enumerable.Range(0, asked.Facts.Collateral.Length).ToArray();
        return new[] { SmallerLine(), LargerLine(), ShorterTerm() }.Concat(places.Select(MoreOf)).Concat(places.Select(LessOf))
            .Concat([OtherCollateral(), Guarantor(), MoreAssets(), Later()]);
    }

    /// <summary>The recommendation where it admits in full; else null.</summary>
    private AdmissionRecommendation? Try(AdmissionCase one)
    {
        meter.ChargeNode(one.Facts.Collateral.Length);
        return advisor.Advise(one) is { Advice: AdmissionAdvice.Admit } advice ? advice : null;
    }

    /// <summary>The largest amount that is admitted in full.</summary>
    private AdmissionChange? SmallerLine()
    {
        if (asked.Application.Amount is not { } amount) return null;
        // From the largest line down: the fewest steps to give up.
        var most = (long)(Math.Min(advisor.Advise(asked).CreditLine, Math.Ceiling(amount / Step) * Step - Step) / Step);
        return most > 0 && Least(steps => steps < most ? Asking(Step * (most - steps)) : null, most, from: 0) is (_, { } case_, { } then)
            ? new(AdmissionLever.SmallerLine, then) { Amount = case_.Application.Amount } : null;
    }

    private AdmissionChange? LargerLine() =>
        asked.Application.Amount is { } amount && Math.Ceiling(advisor.LeastOf(asked) / Step) * Step is var least && least > amount && Try(Asking(least)) is { } then
            ? new(AdmissionLever.LargerLine, then) { Amount = least } : null;

    private AdmissionChange? ShorterTerm() =>
        advisor.LastDayOf(asked) is var last && asked.Application.TermInDays is { } days && asked.AsOf.AddDays(days) > last
        && Try(asked with { Application = asked.Application with { TermInDays = last.DayNumber - asked.AsOf.DayNumber } }) is { } then
            ? new(AdmissionLever.ShorterTerm, then) { Day = last } : null;

    /// <summary>What is not free in the accounts has to be brought; where pledged ones are offered, bringing as many may do.</summary>
    private AdmissionChange? MoreOf(int place)
    {
        var offered = asked.Facts.Collateral[place];
        var free = offered with { Held = offered.Free, Encumbered = 0m };
        return Least(lots => Offering(place, free with { Quantity = offered.Quantity + (Lot * lots) }), from: offered.IsPledgedTwice ? 0 : 1) is (var more, _, { } then)
            ? new(AdmissionLever.MoreCollateral, then) { Security = offered.Security, Quantity = offered.Quantity + (Lot * more) } : null;
    }

    /// <summary>As many as there is room for and are free; from there fewer.</summary>
    private AdmissionChange? LessOf(int place)
    {
        var offered = asked.Facts.Collateral[place];
        var most = Math.Min(offered.Quantity, advisor.RoomFor(asked.Application.Product, offered));
        if (offered.IsPledgedTwice) most = Math.Min(most, offered.Free);
        var lots = (long)Math.Min(MostSteps, Math.Floor(most / Lot));
        if (Lot * lots == offered.Quantity) lots--;
        return lots >= 0 && Least(fewer => fewer > lots ? null : fewer == lots ? Without(place) : Offering(place, offered with { Quantity = Lot * (lots - fewer) }), lots, from: 0) is (var given, _, { } then)
            ? new(AdmissionLever.LessCollateral, then) { Security = offered.Security, Quantity = Lot * (lots - given) } : null;
    }

    /// <summary>A share of the usual haircut of which there is room below every limit that the asker can know.</summary>
    private AdmissionChange? OtherCollateral()
    {
        var haircut = HaircutCeiling.Exchanges.Of(new SecurityTraits("SHARE", false, false, null));
        AdmissionCase With(long steps) => On(facts => facts with
        {
            Collateral =
            [
                new OfferedCollateral(Another, Step * steps, 1m, haircut) { Outstanding = UnboundedShares, PledgedInMarket = facts.KnowsMarket ? 0m : null, Held = Step * steps },
            ],
        });
        return Least(With) is (var least, _, { } then) ? new(AdmissionLever.OtherCollateral, then) { Amount = Step * least } : null;
    }

    private AdmissionChange? Guarantor()
    {
        foreach (var grade in GradeTable.Standard.Grades.Where(grade => grade.PdBelow < (asked.Guarantor ?? asked.Risk.Grade).PdBelow).Reverse())
            if (Try(asked with { Guarantor = grade }) is { } then) return new(AdmissionLever.BetterGuarantor, then) { Grade = grade.Name };
        return null;
    }

    private AdmissionChange? MoreAssets() =>
        Least(steps => On(facts => facts with { AverageAssets = (facts.AverageAssets ?? 0m) + (Step * steps) })) is (var least, _, { } then)
            ? new(AdmissionLever.MoreAssets, then) { Amount = Step * least } : null;

    /// <summary>The day on which the client has traded for long enough.</summary>
    private AdmissionChange? Later() =>
        asked.Facts.TradingSince?.AddMonths(advisor.Policy.MonthsOfTrading) is { } day && day > asked.AsOf && Try(asked with { AsOf = day }) is { } then
            ? new(AdmissionLever.Wait, then) { Day = day } : null;

    private AdmissionCase Asking(decimal amount) => asked with { Application = asked.Application with { Amount = amount } };

    private AdmissionCase Offering(int place, OfferedCollateral one) => On(facts => facts with { Collateral = facts.Collateral.SetItem(place, one) });

    private AdmissionCase Without(int place) => On(facts => facts with { Collateral = facts.Collateral.RemoveAt(place) });

    private AdmissionCase On(Func<AdmissionFacts, AdmissionFacts> change) => asked with { Facts = change(asked.Facts) };

    /// <summary>The least step, from one on or from <paramref name="from"/>, at most <paramref name="most"/>, whose case is admitted in full, with the case and its recommendation.</summary>
    private (long Step, AdmissionCase Case, AdmissionRecommendation Then)? Least(Func<long, AdmissionCase?> with, long most = MostSteps, long from = 1)
    {
        var (fails, holds) = (from - 1, from);
        AdmissionRecommendation? found;
        while ((found = Found(holds)) is null)
        {
            if (holds >= most) return null;
            (fails, holds) = (holds, Math.Min(most, Math.Max(1, holds * 2)));
        }

        while (holds - fails > 1)
        {
            var middle = fails + ((holds - fails) / 2);
            if (Found(middle) is { } then) (holds, found) = (middle, then);
            else fails = middle;
        }

        return (holds, with(holds)!, found);

        AdmissionRecommendation? Found(long step) => with(step) is { } one ? Try(one) : null;
    }
}
