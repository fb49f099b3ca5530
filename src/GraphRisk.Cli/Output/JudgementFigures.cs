using System.Globalization;
using GraphRisk.Scoring.Registry;

namespace GraphRisk.Cli.Output;

/// <summary>A challenger beside the champion as figures for people.</summary>
internal static class JudgementFigures
{
    public static IEnumerable<(string Name, string Value)> Of(PairedJudgement judged, string? overridden)
    {
        yield return ("champion", judged.Champion);
        yield return ("quarters new to both", string.Join(", ", judged.Quarters.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        yield return ("rows, defaults among them", FormattableString.Invariant($"{judged.Rows}, {judged.Bad}"));
        yield return ("AUC, challenger and champion", FormattableString.Invariant($"{judged.Auc:0.000}, {judged.ChampionAuc:0.000}"));
        yield return ("gain in AUC, 95% interval (paired DeLong)", FormattableString.Invariant($"[{judged.AucGain.Lower:+0.000;-0.000}, {judged.AucGain.Upper:+0.000;-0.000}]"));
        yield return ("Brier score, challenger and champion", FormattableString.Invariant($"{judged.Brier:0.0000}, {judged.ChampionBrier:0.0000}"));
        yield return ("gain in Brier score, 95% interval", FormattableString.Invariant($"[{judged.BrierGain.Lower:+0.00000;-0.00000}, {judged.BrierGain.Upper:+0.00000;-0.00000}]"));
        if (judged.IsWorse) yield return ("worse beyond chance; promoted since", overridden ?? "-");
    }
}
