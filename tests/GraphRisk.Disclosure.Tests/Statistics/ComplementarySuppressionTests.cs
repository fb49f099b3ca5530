using GraphRisk.Disclosure.Statistics;

namespace GraphRisk.Disclosure.Tests.Statistics;

public class ComplementarySuppressionTests
{
    private const decimal Unsure = 0.10m;

    [Test]
    public void OneCellLeftOutOfASumTakesTheSmallestOtherWithIt()
    {
        var hidden = Hidden(new decimal[,] { { 50 }, { 30 }, { 20 }, { 100 } }, (1, 0));
        Assert.That(Listed(hidden), Is.EqualTo("1,0 2,0"));
    }

    [Test]
    public void ATotalOfTwoGoesWhereOneOfThemMust() =>
        Assert.That(Listed(Hidden(new decimal[,] { { 50 }, { 0 }, { 50 } }, (0, 0))), Is.EqualTo("0,0 2,0"), "zero cannot shrink, so it hides nothing");

    [Test]
    public void NothingLeftOutTakesNothingWithIt() =>
        Assert.That(Listed(Hidden(new decimal[,] { { 50 }, { 30 }, { 80 } })), Is.Empty);

    [Test]
    public void ACellOfATableTakesARectangleWithIt()
    {
        var hidden = Hidden(new decimal[,] { { 5, 50, 55 }, { 40, 6, 46 }, { 60, 70, 130 }, { 105, 126, 231 } }, (0, 0));
        Assert.That(Listed(hidden), Is.EqualTo("0,0 0,1 1,0 1,1"));
    }

    [Test]
    public void NoLeftOutCellOfARandomTableCanBeHadBack()
    {
        var random = new Random(11);
        var kept = 0;
        for (var i = 0; i < 400; i++)
        {
            var table = Draw(random, rows: random.Next(2, 4), columns: random.Next(1, 3));
            var primary = new bool[table.Rows, table.Columns];
            for (var n = random.Next(1, 3); n > 0; n--) primary[random.Next(table.Rows), random.Next(table.Columns)] = true;
            var hidden = ComplementarySuppression.Of(table, primary, Unsure, 1m);
            var oracle = new TableOracle(table, hidden, most: 6);
            for (var row = 0; row < table.Rows; row++)
                for (var column = 0; column < table.Columns; column++)
                {
                    if (!hidden[row, column]) kept++;
                    if (!primary[row, column]) continue;
                    Assert.That(hidden[row, column], Is.True);
                    var value = table.Values[row, column];
                    var (least, largest) = oracle.Bounds(row, column);
                    var text = $"table {i}: {Text(table.Values)}; left out {Listed(hidden)}; {row},{column} is {least} to {largest}";
                    Assert.That(largest - value, Is.GreaterThanOrEqualTo(Math.Max(Unsure * value, 1m)), text);
                    Assert.That(value - least, Is.GreaterThanOrEqualTo(Math.Min(value, Math.Max(Unsure * value, 1m))), text);
                }
        }

        Assert.That(kept, Is.GreaterThan(500), "leaving out everything is no art");
    }

    /// <summary>A table of whole numbers from 0 to 4.</summary>
    private static AdditiveTable Draw(Random random, int rows, int columns)
    {
        var values = new decimal[rows + 1, columns == 1 ? 1 : columns + 1];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var value = random.Next(0, 5);
                values[row, column] += value;
                values[rows, column] += value;
                if (columns == 1) continue;
                values[row, columns] += value;
                values[rows, columns] += value;
            }

        return new AdditiveTable(values);
    }

    private static bool[,] Hidden(decimal[,] values, params (int Row, int Column)[] primary)
    {
        var table = new AdditiveTable(values);
        var marked = new bool[table.Rows, table.Columns];
        foreach (var (row, column) in primary) marked[row, column] = true;
        return ComplementarySuppression.Of(table, marked, Unsure, 1m);
    }

    private static string Listed(bool[,] hidden) => string.Join(' ',
        from row in Enumerable.Range(0, hidden.GetLength(0)) from column in Enumerable.Range(0, hidden.GetLength(1))
        where hidden[row, column] select $"{row},{column}");

    private static string Text(decimal[,] values) => string.Join(' ', values.Cast<decimal>());
}
