using System.Collections.Immutable;
using GraphRisk.Disclosure.Rules;
using GraphRisk.Disclosure.Statistics;
using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Monitoring;

namespace GraphRisk.Server.Models;

/// <summary>A model's report as a viewer is shown it.</summary>
/// <param name="Report">The report.</param>
/// <param name="ShowsAll">Whether counts of few are shown too: to the regulator.</param>
internal sealed record ReportOf(ModelReport Report, bool ShowsAll)
{
    /// <summary>Which counts of a list may be shown.</summary>
    public bool[] Shown(IEnumerable<Crowd> counts)
    {
        Crowd[] all = [.. counts];
        return ShowsAll ? [.. all.Select(_ => true)] : CountTable.Shown(all, DisclosureLimits.Default);
    }
}

/// <summary>A quarter; defaults are null where too few make them up.</summary>
internal sealed record QuarterOf(QuarterFigures Figures, bool ShowsDefaults)
{
    public static ImmutableArray<QuarterOf> Of(ReportOf whole)
    {
        var quarters = whole.Report.Quarters;
        var shown = whole.Shown(quarters.Select(quarter => quarter.Defaulted ?? new Crowd(0, [])));
        return [.. quarters.Select((quarter, i) => new QuarterOf(quarter, shown[i]))];
    }
}

/// <summary>The validation, with the report it is of.</summary>
internal sealed record ValidationOf(ReportOf Whole, ModelValidation Found);

/// <summary>A tenth; what came of it is null where too few make it up.</summary>
internal sealed record TenthOf(RiskTenth Tenth, bool ShowsDefaults)
{
    public static ImmutableArray<TenthOf> Of(ValidationOf one)
    {
        var shown = one.Whole.Shown(one.Found.Bins.Select(bin => bin.Defaulted));
        return [.. one.Found.Bins.Select((bin, i) => new TenthOf(bin, shown[i]))];
    }

    public int? Defaults => ShowsDefaults ? Tenth.Defaults : null;

    public Measured? Rate => ShowsDefaults ? Tenth.Rate : null;
}

/// <summary>A feature's drift with the quarters it is told for.</summary>
internal sealed record DriftOf(ModelReport Report, FeatureDrift Drift);

/// <summary>One index of a feature.</summary>
internal sealed record DriftAt(DateOnly AsOf, double Index);

/// <summary>A move between grades; null where too few made it.</summary>
internal sealed record MoveOf(GradeMove Move, bool Shows)
{
    public static ImmutableArray<MoveOf> Of(ReportOf whole)
    {
        var shown = whole.Shown(whole.Report.Migration.Select(move => move.Clients));
        return [.. whole.Report.Migration.Select((move, i) => new MoveOf(move, shown[i]))];
    }
}

/// <summary>Those called high-risk; each count is null where too few make it up.</summary>
internal sealed record FateOf(HighRiskFate Fate, bool ShowsCalled, bool ShowsDefaulted, bool ShowsCured, bool ShowsLater)
{
    /// <summary>The rows of a quarter add up to it, so they are weighed together.</summary>
    public static ImmutableArray<FateOf> Of(ReportOf whole) =>
    [
        .. whole.Report.HighRisk.GroupBy(one => one.AsOf).SelectMany(quarter =>
        {
            HighRiskFate[] rows = [.. quarter];
            bool[] called = whole.Shown(rows.Select(row => row.Called)), defaulted = whole.Shown(rows.Select(row => row.Defaulted));
            bool[] cured = whole.Shown(rows.Select(row => row.Cured)), later = whole.Shown(rows.Select(row => row.Later));
            return rows.Select((row, i) => new FateOf(row, called[i], defaulted[i], cured[i], later[i]));
        }),
    ];

    public double? Rate => ShowsCalled && ShowsDefaulted && Fate.IsComplete ? (double)Fate.Defaulted.Clients / Fate.Called.Clients : null;
}

/// <summary>Decisions on one advice; each count is null where too few make it up.</summary>
internal sealed record AdvisedOf(AdvisedDecisions Row, bool ShowsClients, bool ShowsDefaulted)
{
    public static ImmutableArray<AdvisedOf> Of(ReportOf whole)
    {
        var rows = whole.Report.Advised;
        bool[] clients = whole.Shown(rows.Select(row => row.Clients)), defaulted = whole.Shown(rows.Select(row => row.Defaulted));
        return [.. rows.Select((row, i) => new AdvisedOf(row, clients[i], defaulted[i]))];
    }
}

/// <summary>Complaints of one kind; null where too few make it up.</summary>
internal sealed record ComplaintsOf(ComplaintCount Row, bool Shows)
{
    public static ImmutableArray<ComplaintsOf> Of(ReportOf whole)
    {
        var shown = whole.Shown(whole.Report.Complaints.Select(row => row.Clients));
        return [.. whole.Report.Complaints.Select((row, i) => new ComplaintsOf(row, shown[i]))];
    }
}
