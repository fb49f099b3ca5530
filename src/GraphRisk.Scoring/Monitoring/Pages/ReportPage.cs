using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Texts;
using static GraphRisk.Scoring.Monitoring.Pages.Page;

namespace GraphRisk.Scoring.Monitoring.Pages;

/// <summary>
/// The report of a model as a page that an officer signs: every figure of <see cref="ModelReport"/> as a table, the main ones drawn too. It
/// holds no clock and no path, so the same report is the same bytes.
/// </summary>
public static class ReportPage
{
    /// <summary>Index from which a shift is to be watched, by custom (<see cref="Metrics.PopulationStability"/>).</summary>
    private const double Watch = 0.10;

    /// <summary>Index above which the ground has shifted.</summary>
    private const double Shifted = 0.25;

    public static string Write(ModelReport report, Language language)
    {
        var page = new Page(TextCatalogue.Of(language));
        Identity(page, report);
        Validation(page, report);
        ByQuarter(page, report);
        Drift(page, report);
        Ranks(page, report);
        HighRisk(page, report);
        Beside(page, report);
        Advised(page, report);
        Complaints(page, report);
        Decisions(page, report);
        Signatures(page);
        return page.Write(page.Say("title", report.Model), language == Language.Chinese ? "zh-CN" : "en");
    }

    private static void Identity(Page page, ModelReport report)
    {
        var (card, data) = (report.Card, report.Card.Data);
        page.Section("identity");
        page.Figures(page.Say("identity"),
            ("model", report.Model), ("state", page.Say($"state.{report.State}")), ("family", $"{card.Family}, {card.Settings}"),
            ("trained", Instant(card.TrainedAt)),
            ("purpose", page.Say("purpose.text")), ("outcome", page.Say("outcome.text", report.HorizonQuarters)), ("population", page.Say("population.text")),
            ("learned", $"{Day(card.TrainingQuarters[0])} – {Day(card.TrainingQuarters[^1])} ({card.TrainingQuarters.Count})"),
            ("tested", string.Join(", ", card.TestQuarters.Select(Day))), ("seed", $"{card.Seed}; {report.Seed}"),
            ("features", Count(card.Features.Count)),
            ("panel", data?.Panel ?? "–"), ("panel.version", data is null ? "–" : $"{data.StoreVersion}"),
            ("report.version", $"{report.StoreVersion}"), ("report.until", Day(report.AsOf)));
        page.Table(page.Say("weights"), [page.Say("feature"), page.Say("scope"), page.Say("direction"), page.Say("points")],
            card.Features.Take(20).Select(one => (IReadOnlyList<string>)
                [page.Named($"feature.{one.Name}.title"), page.Say($"scope.{one.Scope}"), page.Say($"direction.{one.Direction}"), Number(one.MeanAbsolutePoints, "0.00")]));
    }

    private static void Validation(Page page, ModelReport report)
    {
        page.Section("validation");
        if (report.Validation is not { } found)
        {
            page.Note(page.Say("validation.none"));
            return;
        }

        page.Note(page.Say("validation.note", string.Join(", ", report.Judged.Select(Day))));
        page.Figures(page.Say("validation"),
            ("observations", Count(found.Observations)), ("defaults", $"{Count(found.Defaults)} ({Percent((double)found.Defaults / found.Observations)})"),
            ("auc", With(found.Auc)), ("gini", Number((2 * found.Auc.Value) - 1)), ("ks", With(found.Ks)), ("brier", With(found.Brier, "0.0000")),
            ("ece", With(found.Ece, "0.0000")), ("logloss", With(found.LogLoss, "0.0000")),
            ("auc.own", Number(report.Card.OutOfTimeOwnOnly.Auc)), ("auc.lift", Number(report.Card.GraphLift, "+0.000;-0.000;0.000")));
        var (curve, bins) = (found.Curve, found.Bins);
        var highest = Chart.Above(bins.Select(bin => Math.Max(bin.MeanProbability, bin.Rate.Upper)), 0.05);
        page.Charts(
            Chart.Of(new ChartFrame(page.Say("chart.roc"), page.Say("false.alarms"), page.Say("caught")),
                new ChartSeries(page.Say("the.model"), "a", [.. curve.Select(cut => (cut.Goods, cut.Bads))]), Diagonal(page.Say("chance"), 1, 1)),
            Chart.Of(new ChartFrame(page.Say("chart.ks", Number(found.Ks.Value)), page.Say("share"), page.Say("part")),
                new ChartSeries(page.Say("defaulters"), "b", [.. curve.Select(cut => (cut.Share, cut.Bads))]), new ChartSeries(page.Say("survivors"), "a", [.. curve.Select(cut => (cut.Share, cut.Goods))])),
            Chart.Of(new ChartFrame(page.Say("chart.calibration"), page.Say("promised"), page.Say("came"), highest, highest),
                new ChartSeries(page.Say("tenth"), "a", [.. bins.Select(bin => (bin.MeanProbability, bin.Rate.Value))], IsJoined: false) { Bars = [.. bins.Select(bin => (bin.Rate.Lower, bin.Rate.Upper))] },
                Diagonal(page.Say("as.promised"), highest, highest)),
            Chart.Of(new ChartFrame(page.Say("chart.gains"), page.Say("share"), page.Say("captured")),
                new ChartSeries(page.Say("the.model"), "a", [.. curve.Select(cut => (cut.Share, cut.Bads))]), Diagonal(page.Say("chance"), 1, 1)));
        page.Table(page.Say("tenths"),
            [page.Say("tenth"), page.Say("observations"), page.Say("defaults"), page.Say("promised"), page.Say("came"), page.Say("captured"), page.Say("lift")],
            Enumerable.Range(0, bins.Length).Reverse().Select(i => (IReadOnlyList<string>)
            [
                $"{bins.Length - i}", Count(bins[i].Observations), Count(bins[i].Defaults), Percent(bins[i].MeanProbability), With(bins[i].Rate, "0.00%"), Percent(bins[i].Captured), Number(bins[i].Lift, "0.00"),
            ]));
        page.Table(page.Say("cutoffs"), [page.Say("share"), page.Say("caught"), page.Say("false.alarms"), page.Say("gap")],
            curve.Where((_, i) => i % 5 == 0 || i == curve.Length - 1).Select(cut => (IReadOnlyList<string>)[Percent(cut.Share), Percent(cut.Bads), Percent(cut.Goods), Number(cut.Bads - cut.Goods)]));
    }

    private static ChartSeries Diagonal(string name, double across, double up) => new(name, "c", [(0, 0), (across, up)]);

    private static void ByQuarter(Page page, ModelReport report)
    {
        page.Section("quarters");
        page.Note(page.Say("quarters.note"));
        var labels = report.Quarters.Select(quarter => Day(quarter.AsOf)[..7]).ToList();
        page.Charts(
            Chart.Of(new ChartFrame(page.Say("chart.psi"), page.Say("quarter"), page.Say("psi"), Math.Max(1, labels.Count - 1), Chart.Above(report.Quarters.Select(quarter => quarter.Stability), 0.3), labels) { Format = "0.00" },
                new ChartSeries(page.Say("psi"), "a", [.. report.Quarters.Select((quarter, i) => ((double)i, quarter.Stability))])),
            Chart.Of(new ChartFrame(page.Say("chart.rate"), page.Say("quarter"), page.Say("part"), Math.Max(1, labels.Count - 1),
                    Chart.Above(report.Quarters.Select(quarter => Math.Max(quarter.MeanProbability, RateOf(quarter) ?? 0)), 0.05), labels),
                new ChartSeries(page.Say("promised"), "a", [.. report.Quarters.Select((quarter, i) => ((double)i, quarter.MeanProbability))]),
                new ChartSeries(page.Say("came"), "b", [.. report.Quarters.Select((quarter, i) => (X: (double)i, Y: RateOf(quarter))).Where(point => point.Y is not null).Select(point => (point.X, point.Y!.Value))])));
        page.Table(page.Say("quarters"),
            [page.Say("quarter"), page.Say("part.of"), page.Say("true"), page.Say("store.version"), page.Say("clients"), page.Say("in.default"), page.Say("defaults"), page.Say("promised"), page.Say("came"), page.Say("auc"), page.Say("ks"), page.Say("brier"), page.Say("ece"), page.Say("psi"), page.Say("reading")],
            report.Quarters.Select(quarter => (IReadOnlyList<string>)
            [
                Day(quarter.AsOf), page.Say($"part.{quarter.Part}"), page.Say(quarter.IsTrueToItsDay ? "yes" : "no"), $"{quarter.StoreVersion}", Count(quarter.Clients.Clients), Count(quarter.InDefault),
                Count(quarter.Defaulted?.Clients), Percent(quarter.MeanProbability), Percent(RateOf(quarter)), Number(quarter.Performance?.Auc), Number(quarter.Performance?.Ks), Number(quarter.Performance?.Brier, "0.0000"),
                Number(quarter.Performance?.CalibrationError, "0.0000"), Number(quarter.Stability), ReadingOf(page, quarter.Stability),
            ]));
    }

    private static double? RateOf(QuarterFigures quarter) => quarter.Performance is { } figures ? (double)figures.Defaults / figures.Observations : null;

    private static string ReadingOf(Page page, double index) => page.Say(index >= Shifted ? "shifted" : index >= Watch ? "watch" : "stable");

    private static void Drift(Page page, ModelReport report)
    {
        page.Section("drift");
        page.Note(page.Say("drift.note"));
        page.Table(page.Say("drift"), [page.Say("feature"), .. report.Quarters.Select(quarter => Day(quarter.AsOf)), page.Say("reading")],
            report.Drift.Select(one => (IReadOnlyList<string>)
                [page.Named($"feature.{one.Feature}.title"), .. one.ByQuarter.Select(index => Number(index)), ReadingOf(page, one.Greatest)]));
    }

    private static void Ranks(Page page, ModelReport report)
    {
        page.Section("ranks");
        page.Note(page.Say("ranks.note"));
        page.Table(page.Say("ranks"), [page.Say("from"), page.Say("to"), page.Say("clients"), page.Say("spearman"), page.Say("kendall"), page.Say("same.grade"), page.Say("far.moved")],
            report.Ranks.Select(one => (IReadOnlyList<string>)
                [Day(one.From), Day(one.To), Count(one.Clients), Number(one.Spearman), Number(one.Kendall), Percent(one.SameGrade), Percent(one.FarMoved)]));
        string[] from = [.. GradeTable.Standard.Grades.Select(grade => grade.Name).Union(report.Migration.SelectMany(move => new[] { move.From, move.To })).Where(grade => grade.Length > 0)];
        page.Table(page.Say("migration"), [page.Say("from.grade"), .. from, page.Say("left")],
            from.Where(grade => report.Migration.Any(move => move.From == grade)).Select(grade => (IReadOnlyList<string>)
                [grade, .. from.Append("").Select(to => Count(report.Migration.FirstOrDefault(move => move.From == grade && move.To == to)?.Clients.Clients ?? 0))]));
    }

    private static void HighRisk(Page page, ModelReport report)
    {
        page.Section("highrisk");
        page.Note(page.Say("highrisk.note", Percent(Monitoring.HighRisk.From)));
        page.Table(page.Say("highrisk"),
            [page.Say("quarter"), page.Say("grade"), page.Say("clients"), page.Say("promised"), page.Say("defaults"), page.Say("came"), page.Say("days"), page.Say("cured"), page.Say("later"), page.Say("complete")],
            report.HighRisk.Select(one => (IReadOnlyList<string>)
            [
                Day(one.AsOf), one.Grade.Length > 0 ? one.Grade : page.Say("others"), Count(one.Called.Clients), Percent(one.MeanProbability), Count(one.Defaulted.Clients),
                one.IsComplete ? Percent((double)one.Defaulted.Clients / one.Called.Clients) : "–", Number(one.MedianDays, "0.#"), Count(one.Cured.Clients), Count(one.Later.Clients), page.Say(one.IsComplete ? "yes" : "no"),
            ]));
    }

    private static void Beside(Page page, ModelReport report)
    {
        page.Section("beside");
        page.Note(page.Say("beside.note"));
        page.Table(page.Say("beside"), [page.Say("model"), page.Say("state"), page.Say("family"), page.Say("has.learned"), page.Say("auc"), page.Say("ks"), page.Say("brier"), page.Say("ece"), page.Say("psi")],
            report.Beside.Select(one => (IReadOnlyList<string>)
            [
                one.Version, page.Say($"state.{one.State}"), one.Family, page.Say("of", one.HasLearned, report.Judged.Length), With(one.Auc), With(one.Ks), With(one.Brier, "0.0000"), With(one.Ece, "0.0000"), Number(one.Stability),
            ]));
    }

    private static void Advised(Page page, ModelReport report)
    {
        page.Section("advised");
        page.Note(page.Say(report.Advised.IsEmpty ? "advised.none" : "advised.note"));
        if (report.Advised.IsEmpty) return;
        page.Table(page.Say("advised"), [page.Say("advice"), page.Say("decision"), page.Say("against"), page.Say("clients"), page.Say("defaults"), page.Say("came")],
            report.Advised.Select(one => (IReadOnlyList<string>)
            [
                page.Say($"advice.{one.Advice}"), page.Say($"decision.{one.Decision}"), page.Say(one.IsAgainst ? "yes" : "no"), Count(one.Clients.Clients), Count(one.Defaulted.Clients),
                Percent((double)one.Defaulted.Clients / one.Clients.Clients),
            ]));
    }

    private static void Complaints(Page page, ModelReport report)
    {
        page.Section("complaints");
        page.Note(page.Say(report.Complaints.IsEmpty ? "complaints.none" : "complaints.note"));
        if (report.Complaints.IsEmpty) return;
        page.Table(page.Say("complaints"), [page.Say("about"), page.Say("cause"), page.Say("outcome.of"), page.Say("clients")],
            report.Complaints.Select(one => (IReadOnlyList<string>)
                [page.Say($"about.{one.About}"), one.Cause.Length > 0 ? page.Say($"cause.{one.Cause}") : "–", page.Say($"ended.{one.Outcome}"), Count(one.Clients.Clients)]));
    }

    private static void Decisions(Page page, ModelReport report)
    {
        page.Section("decisions");
        page.Note(page.Say("decisions.note"));
        page.Table(page.Say("decisions"), [page.Say("at"), page.Say("act"), page.Say("by"), page.Say("proposed"), page.Say("why"), page.Say("card")],
            report.Decisions.Select(one => (IReadOnlyList<string>)
            [
                Instant(one.At), page.Say($"act.{one.Act}"), one.By, one.ProposedBy ?? "–", one.Reason, one.Report,
            ]));
    }

    private static void Signatures(Page page)
    {
        page.Section("limits");
        foreach (var key in (string[])["limits.intervals", "limits.knowledge", "limits.sample"]) page.Note(page.Say(key));
        page.Table(page.Say("signatures"), [page.Say("role"), page.Say("name"), page.Say("day"), page.Say("signature")],
            ((string[])["developer", "validator", "officer"]).Select(role => (IReadOnlyList<string>)[page.Say(role), "", "", ""]), "sign");
    }
}
