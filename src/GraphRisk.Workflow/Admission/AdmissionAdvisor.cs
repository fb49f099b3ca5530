using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Lending;
using GraphRisk.Workflow.Concentration;
using GraphRisk.Workflow.CreditReviews;

namespace GraphRisk.Workflow.Admission;

/// <summary>
/// Recommends on an application: whether to admit, with which line on top of what is owed, at which rate. Pure, so the same inputs give the same
/// recommendation. Checks and limits are tables. Whichever check fails or cannot be told makes it a person's decision; the line is the
/// least of all limits. Everything is compared in decimals, and what stands exactly at a limit keeps it.
/// </summary>
public sealed class AdmissionAdvisor(AdmissionPolicy policy, ConcentrationRules concentration)
{
    private static readonly ImmutableArray<ContractKind> Every = [ContractKind.Margin, ContractKind.Pledge, ContractKind.Repo];

    /// <summary>The terms.</summary>
    public AdmissionPolicy Policy => policy;

    /// <summary>The recommendation.</summary>
    public AdmissionRecommendation Advise(AdmissionCase asked)
    {
        ImmutableArray<LineLimit> limits = [.. Limits(asked)];
        var line = Math.Floor(limits.Min(limit => limit.Amount ?? 0m) / policy.LineStep) * policy.LineStep;
        ImmutableArray<AdmissionCheck> checks = [.. Rows(asked, line).Where(row => row.Products.Contains(asked.Application.Product)).Select(row => row.Check)];
        var advice = checks.Any(check => check.Passed != true) ? AdmissionAdvice.Refer
            : line >= TargetOf(asked.Application) ? AdmissionAdvice.Admit : AdmissionAdvice.AdmitInPart;
        return new AdmissionRecommendation(
            advice, line, RateOf(asked.Risk), line >= policy.SecondPersonFrom || asked.PersonsByGrade > 1, checks, limits,
            [.. asked.Facts.Collateral.Where(one => one.ToBring > 0).Select(one => new AdmissionCondition("bring", [Figure.Number(one.ToBring), Figure.Name(one.Security.Key)]))]);
    }

    /// <summary>How many of a security may be taken: of one stock a part of its shares, which differs for pledges.</summary>
    public decimal RoomFor(ContractKind product, OfferedCollateral one) =>
        (product == ContractKind.Pledge ? one.RoomBelow(policy.Pledges) : one.RoomBelow(concentration.Stock.Most)) ?? decimal.MaxValue;

    /// <summary>The last day on which an application may be due.</summary>
    public DateOnly LastDayOf(AdmissionCase asked) => asked.Application.Product == ContractKind.Pledge
        ? asked.AsOf.AddYears(policy.Pledges.TermInYears)
        : asked.AsOf.AddMonths(policy.MonthsOfTerm[asked.Application.Product]);

    /// <summary>The least amount an application may ask for.</summary>
    public decimal LeastOf(AdmissionCase asked) => asked.Application.Product == ContractKind.Pledge ? Math.Max(policy.LineStep, policy.Pledges.LeastOf(asked.Facts.IsFirstPledge)) : policy.LineStep;

    /// <summary>What counts of a security before its haircut, yuan: nothing of what cannot be sold or has no price.</summary>
    private decimal Counted(ContractKind product, OfferedCollateral one) =>
        one.IsSuspended ? 0m : Math.Min(one.Quantity, RoomFor(product, one)) * (one.Close ?? 0m);

    /// <summary>What a line that meets the application comes to: the amount asked for, cut to the step of lines; one step where none is named.</summary>
    private decimal TargetOf(FinancingApplication application) =>
        application.Amount is { } amount ? Math.Max(policy.LineStep, Math.Floor(amount / policy.LineStep) * policy.LineStep) : policy.LineStep;

    private IEnumerable<LineLimit> Limits(AdmissionCase asked)
    {
        var (application, facts, exposure, undrawn) = (asked.Application, asked.Facts, asked.Exposure, asked.Undrawn);
        if (application.Amount is { } amount) yield return new("asked", amount, [Figure.Yuan(amount)]);
        var share = asked.TermsBy(policy)?.LineToAssets ?? 0m;
        var byGrade = Math.Max(0m, (share * (facts.AverageAssets ?? 0m)) - exposure.Own.Debt - undrawn.Own);
        yield return new("grade", byGrade, [Figure.Name(asked.Risk.Grade.Name), Figure.Percent(share), Figure.Yuan(facts.AverageAssets), Figure.Yuan(exposure.Own.Debt), Figure.Yuan(byGrade), .. Promised(undrawn.Own)]);
        yield return Room("client-room", concentration.Client.Most, exposure.TotalDebt, undrawn.Group);
        yield return Room("broker-room", concentration.Total.Most, facts.BrokerDebt, undrawn.Broker);
        var counted = facts.Collateral.Sum(one => one.Haircut * Counted(application.Product, one));
        var secured = application.Product == ContractKind.Margin ? facts.DebtToBack : 0m;
        var left = Math.Max(0m, counted - secured);
        yield return new("collateral", left, [Figure.Yuan(asked.CollateralValue), Figure.Yuan(counted), Figure.Yuan(secured), Figure.Yuan(left)]);
        if (application.Product != ContractKind.Pledge) yield break;
        var before = facts.Collateral.Sum(one => Counted(application.Product, one));
        yield return new("pledge-rate", policy.Pledges.PledgeRate * before, [Figure.Percent(policy.Pledges.PledgeRate), Figure.Yuan(before), Figure.Yuan(policy.Pledges.PledgeRate * before)]);

        LineLimit Room(string name, decimal most, decimal owed, decimal promised)
        {
            decimal? room = exposure.NetCapital is { } capital ? Math.Max(0m, (most * capital) - owed - promised) : null;
            return new(name, room, [Figure.Percent(most), Figure.Yuan(exposure.NetCapital), Figure.Yuan(owed), Figure.Yuan(room), .. Promised(promised)]);
        }
    }

    /// <summary>Told where there is any: a text with one place more says so.</summary>
    private static Figure[] Promised(decimal undrawn) => undrawn > 0 ? [Figure.Yuan(undrawn)] : [];

    private IEnumerable<(ImmutableArray<ContractKind> Products, AdmissionCheck Check)> Rows(AdmissionCase asked, decimal line)
    {
        var (application, facts, exposure, risk) = (asked.Application, asked.Facts, asked.Exposure, asked.Risk);
        yield return (Every, new("average-assets", facts.AverageAssets is { } assets ? assets >= policy.AverageAssets : null,
            [Figure.Yuan(facts.AverageAssets), Figure.Number(policy.TradingDays), Figure.Yuan(policy.AverageAssets)], []));
        yield return (Every, new("trading-experience", facts.TradingSince is { } since ? since.AddMonths(policy.MonthsOfTrading) <= asked.AsOf : null,
            [Figure.Day(facts.TradingSince), Figure.Number(policy.MonthsOfTrading)], []));
        yield return (Every, new("no-default-on-record", facts.Defaults.IsEmpty, [Figure.Number(facts.Defaults.Length), Figure.Number(policy.YearsOfRecord)], facts.Defaults));
        yield return (Every, new("no-serious-listing", facts.Listings.IsEmpty, [Figure.Number(facts.Listings.Length)], facts.Listings));
        yield return (Every, new("line-may-grow", facts.Review is not { Treatment: not LineTreatment.MayGrow }, [Figure.Truth(facts.Review is not { Treatment: not LineTreatment.MayGrow }), Figure.Day(facts.Review?.FoundOn)],
            facts.Review is { } review ? [review.Id] : []));
        yield return (Every, new("not-the-brokers-shareholder", application.ShareOfBroker is { } share ? share <= policy.ShareholderAbove : null,
            [Figure.Percent(application.ShareOfBroker), Figure.Percent(policy.ShareholderAbove)], []));
        yield return (Every, new("not-the-brokers-affiliate", application.IsAffiliateOfBroker is { } affiliate ? !affiliate : null, [Figure.Truth(application.IsAffiliateOfBroker)], []));
        yield return (Every, new("grade", asked.TermsBy(policy)?.MayAdmit, [Figure.Number(risk.Score), Figure.Name(risk.Grade.Name), Figure.Name(asked.Guarantor?.Name ?? "")], [risk.Client]));
        yield return (Every, new("linked-exposure", exposure.NetCapital is { } capital ? exposure.TotalDebt + asked.Undrawn.Group <= concentration.Client.Most * capital : null,
            [
                Figure.Yuan(exposure.TotalDebt), Figure.Percent(exposure.NetCapital > 0 ? (exposure.TotalDebt + asked.Undrawn.Group) / exposure.NetCapital : null), Figure.Percent(concentration.Client.Most),
                .. Promised(asked.Undrawn.Group),
            ], []));
        yield return (Every, new("linked-parties-complete", exposure.IsComplete, [Figure.Truth(exposure.IsComplete)], []));
        yield return (Every, TermCheck(asked));
        foreach (var row in CollateralRows(asked, line)) yield return row;
        yield return (Every, new("line", line > 0, [Figure.Yuan(line), Figure.Yuan(policy.LineStep)], []));
    }

    private IEnumerable<(ImmutableArray<ContractKind> Products, AdmissionCheck Check)> CollateralRows(AdmissionCase asked, decimal line)
    {
        var (product, offered) = (asked.Application.Product, asked.Facts.Collateral);
        yield return (Every, new("collateral-offered", !offered.IsEmpty, [Figure.Number(offered.Length)], []));
        if (offered.IsEmpty) yield break;
        yield return (Every, Of("collateral-priced", one => one.Close is not null));
        yield return (Every, Of("collateral-tradable", one => !one.IsSuspended));
        yield return (Every, Of("collateral-free", one => !one.IsPledgedTwice));
        yield return ([ContractKind.Margin, ContractKind.Repo], Of("single-stock", one => one.Quantity <= RoomFor(product, one), Figure.Percent(concentration.Stock.Most)));
        yield return ([ContractKind.Margin], ConcentrationCheck(asked, line));
        foreach (var check in PledgeChecks(asked, line)) yield return ([ContractKind.Pledge], check);

        AdmissionCheck Of(string name, Func<OfferedCollateral, bool> keeps, params Figure[] more)
        {
            ImmutableArray<NodeId> offending = [.. offered.Where(one => !keeps(one)).Select(one => one.Security)];
            return new(name, offending.IsEmpty, [Figure.Number(offered.Length), Names(offending), .. more], offending);
        }
    }

    private AdmissionCheck TermCheck(AdmissionCase asked)
    {
        var last = LastDayOf(asked);
        DateOnly? end = asked.Application.TermInDays is { } days ? asked.AsOf.AddDays(days) : null;
        return new("term", end is { } day ? day <= last : null, [Figure.Day(end), Figure.Day(last)], []);
    }

    /// <summary>The largest part of one security in the collateral, against what the coverage at the line, or at what is asked for where there is none, allows.</summary>
    private AdmissionCheck ConcentrationCheck(AdmissionCase asked, decimal line)
    {
        var largest = asked.Facts.Collateral.MaxBy(one => one.Value)!;
        var coverage = asked.CoverageAt(line > 0 ? line : TargetOf(asked.Application));
        var most = concentration.MostShareOfSecurity(coverage, isProduct: false);
        bool? keeps = asked.CollateralValue == 0 ? null : largest.Value <= most * asked.CollateralValue;
        return new(
            "collateral-concentration", keeps,
            [Names([largest.Security]), Figure.Percent(keeps is null ? null : largest.Value / asked.CollateralValue), Figure.Percent(coverage.Ratio), Figure.Percent(most)],
            keeps == false ? [largest.Security] : []);
    }

    /// <summary>Limits of stock-pledged repo at the line, of the stock with the largest part pledged.</summary>
    private IEnumerable<AdmissionCheck> PledgeChecks(AdmissionCase asked, decimal line)
    {
        var stocks = asked.Facts.Collateral.Where(one => one.Outstanding is not null).ToList();
        var isKnown = stocks.TrueForAll(one => one.PledgedInMarket is not null);
        var trade = new PledgeMeasures
        {
            ShareAtBroker = stocks.Select(one => (one.PledgedAtBroker + one.Quantity) / one.Outstanding!.Value).DefaultIfEmpty().Max(),
            ShareInMarket = isKnown ? stocks.Select(one => (one.PledgedInMarket!.Value + one.Quantity) / one.Outstanding!.Value).DefaultIfEmpty().Max() : null,
            Amount = line,
            IsFirst = asked.Facts.IsFirstPledge,
        };
        return policy.Pledges.Test(trade).Select(test => new AdmissionCheck(
            test.Name, test.Keeps, test.IsAmount ? [Figure.Yuan(test.Found), Figure.Yuan(test.Limit)] : [Figure.Percent(test.Found), Figure.Percent(test.Limit)], []));
    }

    /// <summary>Base rate + yearly expected loss, to the basis point, within the range.</summary>
    private decimal RateOf(ClientRisk risk)
    {
        var yearly = 1 - Math.Pow(1 - risk.ProbabilityOfDefault, 4.0 / risk.HorizonQuarters);
        return Math.Clamp(Math.Round(policy.BaseRate + ((decimal)yearly * policy.LossGivenDefault), 4), policy.LeastRate, policy.MostRate);
    }

    private static Figure Names(ImmutableArray<NodeId> securities) => Figure.Name(string.Join(", ", securities.Select(security => security.Key)));
}
