using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Workflow.Admission;

/// <summary>
/// Searches for the smallest changes that make an application one that is admitted as asked for, each kind by itself with all else as it stands.
/// Every lever moves the recommendation one way (more collateral never takes from a line), so the smallest step is found by doubling
/// until one suffices and halving back; what is returned was tried, and the step before it was tried and does not suffice. A kind that
/// cannot suffice is not named. About sixty recommendations a lever.
/// </summary>
public sealed class SmallestChanges(AdmissionAdvisor advisor)
{
    /// <summary>Shares are bought by the hundred.</summary>
    public const decimal Lot = 100m;

    private const long MostSteps = 1L << 30;

    private static readonly NodeId Another = new("Security", "another-share");

    /// <summary>The changes, in the order of levers; none where the application is admitted as asked for.</summary>
    public ImmutableArray<AdmissionChange> Of(AdmissionCase asked, WorkMeter? meter = null)
    {
        var paid = meter ?? WorkMeter.Unlimited;
        var target = advisor.TargetOf(asked.Application);
        if (Suffices(asked, target, paid)) return [];
        return
        [
            .. new[] { SmallerLine(asked, paid) }
                .Concat(asked.Facts.Collateral.Select((_, i) => MoreOf(asked, i, target, paid)))
                .Append(OtherCollateral(asked, target, paid)).Append(Guarantor(asked, target, paid)).Append(MoreAssets(asked, target, paid)).Append(Later(asked, target, paid))
                .OfType<AdmissionChange>(),
        ];
    }

    private bool Suffices(AdmissionCase asked, decimal target, WorkMeter meter)
    {
        meter.ChargeNode(asked.Facts.Collateral.Length);
        return advisor.Advise(asked) is { Advice: AdmissionAdvice.Admit } advice && advice.CreditLine >= target;
    }

    /// <summary>The largest amount that is admitted in full.</summary>
    private AdmissionChange? SmallerLine(AdmissionCase asked, WorkMeter meter)
    {
        if (asked.Application.Amount is null) return null;
        var step = advisor.Policy.LineStep;
        var most = (long)(Math.Min(advisor.Advise(asked).CreditLine, advisor.TargetOf(asked.Application) - step) / step);
        if (most <= 0) return null;
        // From the largest line down: the fewest steps to give up.
        var fewer = Least(n => n < most && Suffices(Asking(most - n), step * (most - n), meter), most, fromNothing: true);
        return fewer is { } steps ? new(AdmissionLever.SmallerLine, advisor.Advise(Asking(most - steps))) { Amount = step * (most - steps) } : null;

        AdmissionCase Asking(long steps) => asked with { Application = asked.Application with { Amount = step * steps } };
    }

    private AdmissionChange? MoreOf(AdmissionCase asked, int place, decimal target, WorkMeter meter)
    {
        var offered = asked.Facts.Collateral[place];
        AdmissionCase With(long lots) => OnFacts(asked, facts => facts with { Collateral = facts.Collateral.SetItem(place, offered with { Quantity = offered.Quantity + (Lot * lots) }) });
        return Least(lots => Suffices(With(lots), target, meter), MostSteps) is { } least
            ? new(AdmissionLever.MoreCollateral, advisor.Advise(With(least))) { Security = offered.Security, Quantity = Lot * least } : null;
    }

    /// <summary>A share of the usual haircut, of which the broker has none, beside what is offered and counts.</summary>
    private AdmissionChange? OtherCollateral(AdmissionCase asked, decimal target, WorkMeter meter)
    {
        var step = advisor.Policy.LineStep;
        var haircut = HaircutCeiling.Exchanges.Of(new SecurityTraits("SHARE", false, false, null));
        ImmutableArray<OfferedCollateral> kept =
        [
            .. asked.Facts.Collateral.Where(one => one is { IsSuspended: false, Close: not null, Haircut: > 0 })
                .Select(one => one with { Quantity = Math.Min(one.Quantity, Math.Floor(advisor.RoomFor(asked.Application.Product, one) / Lot) * Lot) })
                .Where(one => one.Quantity > 0),
        ];
        AdmissionCase With(long steps) => OnFacts(asked, facts => facts with { Collateral = kept.Add(new OfferedCollateral(Another, step * steps, 1m, haircut)) });
        return Least(steps => Suffices(With(steps), target, meter), MostSteps) is { } least
            ? new(AdmissionLever.OtherCollateral, advisor.Advise(With(least))) { Amount = step * least } : null;
    }

    private AdmissionChange? Guarantor(AdmissionCase asked, decimal target, WorkMeter meter)
    {
        foreach (var grade in GradeTable.Standard.Grades.Where(grade => grade.PdBelow < (asked.Guarantor ?? asked.Risk.Grade).PdBelow).Reverse())
            if (asked with { Guarantor = grade } is var lifted && Suffices(lifted, target, meter))
                return new(AdmissionLever.BetterGuarantor, advisor.Advise(lifted)) { Grade = grade.Name };
        return null;
    }

    private AdmissionChange? MoreAssets(AdmissionCase asked, decimal target, WorkMeter meter)
    {
        var step = advisor.Policy.LineStep;
        AdmissionCase With(long steps) => OnFacts(asked, facts => facts with { AverageAssets = (facts.AverageAssets ?? 0m) + (step * steps) });
        return Least(steps => Suffices(With(steps), target, meter), MostSteps) is { } least
            ? new(AdmissionLever.MoreAssets, advisor.Advise(With(least))) { Amount = step * least } : null;
    }

    /// <summary>The day on which the client has traded for long enough.</summary>
    private AdmissionChange? Later(AdmissionCase asked, decimal target, WorkMeter meter)
    {
        if (asked.Facts.TradingSince is not { } since || since.AddMonths(advisor.Policy.MonthsOfTrading) is var day && day <= asked.AsOf) return null;
        var later = asked with { AsOf = day };
        return Suffices(later, target, meter) ? new(AdmissionLever.Wait, advisor.Advise(later)) { Day = day } : null;
    }

    private static AdmissionCase OnFacts(AdmissionCase asked, Func<AdmissionFacts, AdmissionFacts> change) => asked with { Facts = change(asked.Facts) };

    /// <summary>The least step, above 0 or from it, at most <paramref name="most"/>, that suffices; null where none does.</summary>
    private static long? Least(Func<long, bool> suffices, long most, bool fromNothing = false)
    {
        if (fromNothing && suffices(0)) return 0;
        var (fails, holds) = (0L, 1L);
        while (!suffices(holds))
        {
            if (holds >= most) return null;
            (fails, holds) = (holds, Math.Min(most, holds * 2));
        }

        while (holds - fails > 1)
        {
            var middle = fails + ((holds - fails) / 2);
            if (suffices(middle)) holds = middle;
            else fails = middle;
        }

        return holds;
    }
}
