using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Tests.Models;

public class ManyScoresTests
{
    [TestCase("lightgbm")]
    [TestCase("scorecard")]
    [TestCase("svc-linear")]
    [TestCase("svc-rbf")]
    [TestCase("mlp")]
    [TestCase("graph-network")]
    public void ReasonsAddUpOnAHundredThousandScores(string family)
    {
        using var model = ModelFamilies.Named(family).Train(RandomLoans.Draw(seed: 1, rows: 2000), 0, seed: 1);
        var rows = RandomLoans.Draw(seed: 2, rows: 100_000).Matrix;
        var margins = model.Margins(rows, threads: 2);
        var contributions = model.Contributions(rows, threads: 2);
        Assert.That(Enumerable.Range(0, rows.Rows).Max(row => Math.Abs(contributions.Margin(row) - margins[row])), Is.LessThan(1e-9));
    }

    [Test]
    public void SampledContributionsComeToTheExactOnesOfEveryOrderWithinTheirErrors()
    {
        var set = RandomLoans.Draw(seed: 6, rows: 800);
        using var model = ModelFamilies.Named("mlp").Train(set, 1, seed: 2);
        var sampled = model.Contributions(set.Matrix.SelectRows([.. Enumerable.Range(0, 40)]));
        var (far, all) = (0, 0);
        for (var row = 0; row < 40; row++)
        {
            var exact = Shapley(model, set.Matrix.Row(row).ToArray());
            for (var i = 0; i < exact.Length; i++)
            {
                all++;
                if (Math.Abs(sampled.Of(row)[i] - exact[i]) > 3 * sampled.StandardError(row, i) + 1e-9) far++;
            }
        }
        Assert.That(far, Is.LessThanOrEqualTo(all / 20));
    }

    /// <summary>Shapley's formula over every subset, the other inputs being unknown, which counts as average.</summary>
    private static double[] Shapley(IRiskModel model, float[] row)
    {
        var n = row.Length;
        var subsets = new FeatureMatrix(1 << n, n);
        for (var known = 0; known < 1 << n; known++)
        {
            for (var i = 0; i < n; i++) subsets[known, i] = (known >> i & 1) == 1 ? row[i] : float.NaN;
        }
        var worth = model.Margins(subsets);
        static double Factorial(int k) => k <= 1 ? 1 : k * Factorial(k - 1);
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, 1 << n).Where(known => (known >> i & 1) == 0).Sum(known =>
            Factorial(int.PopCount(known)) * Factorial(n - int.PopCount(known) - 1) / Factorial(n) * (worth[known | 1 << i] - worth[known])))];
    }
}
