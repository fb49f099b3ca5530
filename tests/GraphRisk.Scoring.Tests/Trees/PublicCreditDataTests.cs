using System.Globalization;
using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Trees;
using GraphRisk.TestKit;

namespace GraphRisk.Scoring.Tests.Trees;

/// <summary>The trees on public credit data: out-of-fold separation must come near what others published.</summary>
public class PublicCreditDataTests
{
    [Test]
    public void GermanCreditComesNearThePublishedAuc() =>
        Assert.That(OutOfFoldAuc("data/credit/german.csv", "creditability", "bad", []), Is.InRange(0.77, 0.82));

    [Test]
    public void TaiwanCardDefaultComesNearThePublishedAuc() =>
        Assert.That(OutOfFoldAuc("data/credit/taiwan_default.csv", "class", "1", ["ID"]), Is.InRange(0.77, 0.80));

    private static double OutOfFoldAuc(string file, string label, string bad, string[] ignored)
    {
        var rows = File.ReadLines(SharedData.Require(file)).Select(SplitCsv).ToArray();
        var header = rows[0];
        var data = rows[1..];
        var labelColumn = Array.IndexOf(header, label);
        var columns = Enumerable.Range(0, header.Length).Where(c => c != labelColumn && !ignored.Contains(header[c])).ToArray();
        var matrix = Encode(data, columns);
        var outcomes = data.Select(row => row[labelColumn] == bad ? 1f : 0f).ToArray();
        var folds = ClientFolds.Assign([.. Enumerable.Range(0, data.Length).Select(i => (ulong)i)], 5, seed: 1);
        var parameters = new TreeParameters { Rounds = 150, Leaves = 8, MinimumRowsPerLeaf = 15 };

        var margins = new double[data.Length];
        for (var fold = 0; fold < 5; fold++)
        {
            var inside = Enumerable.Range(0, data.Length).Where(i => folds[i] != fold).ToArray();
            var outside = Enumerable.Range(0, data.Length).Where(i => folds[i] == fold).ToArray();
            using var model = TreeTrainer.Train(
                matrix.SelectRows(inside), inside.Select(i => outcomes[i]).ToArray(),
                RandomObservations.Names(columns.Length), new int[columns.Length], parameters);
            var predicted = model.Margins(matrix.SelectRows(outside));
            for (var i = 0; i < outside.Length; i++)
                margins[outside[i]] = predicted[i];
        }
        var auc = AreaUnderCurve.Compute(margins, [.. outcomes.Select(o => o == 1)]);
        TestContext.Out.WriteLine($"{file}: out-of-fold AUC {auc:F4}");
        return auc;
    }

    /// <summary>Numbers stay numbers; words become one column each, 1 where the row says the word.</summary>
    private static FeatureMatrix Encode(string[][] data, int[] columns)
    {
        var encoded = new List<float[]>();
        foreach (var column in columns)
        {
            var values = data.Select(row => row[column]).ToArray();
            if (values.All(v => float.TryParse(v, CultureInfo.InvariantCulture, out _)))
                encoded.Add([.. values.Select(v => float.Parse(v, CultureInfo.InvariantCulture))]);
            else
            {
                // Order words by first appearance; trees split the code as they like.
                var codes = values.Distinct().Select((word, code) => (word, code)).ToDictionary(p => p.word, p => (float)p.code);
                encoded.Add([.. values.Select(v => codes[v])]);
            }
        }
        var matrix = new FeatureMatrix(data.Length, encoded.Count);
        for (var row = 0; row < data.Length; row++)
        {
            for (var column = 0; column < encoded.Count; column++)
                matrix[row, column] = encoded[column][row];
        }
        return matrix;
    }

    private static string[] SplitCsv(string line)
    {
        var cells = new List<string>();
        var inQuotes = false;
        var cell = new System.Text.StringBuilder();
        foreach (var c in line)
        {
            if (c == '"')
                inQuotes = !inQuotes;
            else if (c == ',' && !inQuotes)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(c);
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }
}
