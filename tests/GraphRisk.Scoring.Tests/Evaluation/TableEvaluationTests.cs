using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphRisk.Scoring.Evaluation;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Tests.Evaluation;

public class TableEvaluationTests
{
    private static readonly IReadOnlyList<ModelFamily> Quick = [ModelFamilies.Named("scorecard"), ModelFamilies.Named("lightgbm")];

    [Test]
    public void AFamilyThatNeedsLinksIsLeftOutOfATableWithAReason()
    {
        var report = Run(Loans(300), families: [.. Quick, ModelFamilies.Named("graph-network")]);
        Assert.That(report.Models.Select(model => model.Model), Is.EqualTo(new[] { "scorecard", "lightgbm" }));
        Assert.That(report.Notes, Has.Some.StartsWith("graph-network is left out"));
    }

    [Test]
    public void EveryKindOfColumnIsFoundAndWhatCannotTeachIsLeftOutByName()
    {
        var report = Run(Loans(400));
        ColumnFinding Of(string name) => report.Columns.Single(column => column.Name == name);
        Assert.Multiple(() =>
        {
            Assert.That(Of("row_id").Kind, Is.EqualTo(ColumnKind.Identifier));
            Assert.That(Of("reference").Kind, Is.EqualTo(ColumnKind.Identifier));
            Assert.That(Of("income").Kind, Is.EqualTo(ColumnKind.Number));
            Assert.That(Of("trade").Kind, Is.EqualTo(ColumnKind.Category));
            Assert.That(Of("opened").Kind, Is.EqualTo(ColumnKind.Date));
            Assert.That(Of("currency").Kind, Is.EqualTo(ColumnKind.Constant));
            Assert.That(Of("nothing").Kind, Is.EqualTo(ColumnKind.Constant));
            Assert.That(Of("written_off").Kind, Is.EqualTo(ColumnKind.Leak));
            Assert.That(Of("outcome").Kind, Is.EqualTo(ColumnKind.Target));
            Assert.That(Of("income").Missing, Is.Positive);
            Assert.That(report.Table.BadValue, Is.EqualTo("bad"));
            Assert.That(report.Table.Judged, Is.EqualTo(400));
        });
        foreach (var model in report.Models)
        {
            Assert.That(model.Auc.Value, Is.InRange(0.6, 0.999), model.Model);
            Assert.That(model.Auc.Lower, Is.LessThan(model.Auc.Value));
            Assert.That(model.AdditivityError, Is.LessThan(1e-9));
            Assert.That(model.Bins.Sum(bin => bin.Count), Is.EqualTo(400));
            Assert.That(model.Bins.Select(bin => bin.Lower <= bin.Upper), Is.All.True);
        }
        Assert.That(report.Scorecard.Lines.Select(line => line.Input), Does.Contain("income"));
    }

    [Test]
    public void TheSameSeedGivesTheSameBytesButForTheSecondsHoweverManyWorkAtOnce()
    {
        static string Text(EvaluationReport report) => JsonSerializer.Serialize(report with { Seconds = new Dictionary<string, double>() });
        Assert.That(Text(Run(Loans(300), families: ModelFamilies.All, parallelism: 2)), Is.EqualTo(Text(Run(Loans(300), families: ModelFamilies.All))));
    }

    [Test]
    public void OutOfTimeTheLastRowsAreJudgedAndALevelOnlyTheyHaveIsNamed()
    {
        var lines = Loans(600).Split('\n').ToList();
        for (var i = 580; i <= 600; i++) lines[i] = lines[i].Replace("mine", "space", StringComparison.Ordinal).Replace("mill", "space", StringComparison.Ordinal);
        var report = Run(string.Join('\n', lines), time: "opened");
        Assert.That(report.Split, Does.StartWith("out of time by 'opened'"));
        Assert.That(report.Table.Judged, Is.InRange(150, 210));
        Assert.That(report.Notes, Has.Some.StartsWith("trade: "));
        Assert.That(report.Columns.Single(column => column.Name == "opened").Kind, Is.EqualTo(ColumnKind.Time));
    }

    [Test]
    public void RowsAlikeShareAFoldAndAreCounted()
    {
        var lines = Loans(200).Split('\n');
        var twice = string.Join('\n', lines.Concat(lines.Skip(1).Take(50)));
        Assert.That(Run(twice).Notes, Has.Some.StartsWith("50 rows repeat another"));
    }

    [Test]
    public void AMappingDecidesKindDirectionAndTheBadValue([Values] bool asJson)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, asJson
                ? """{"bad": "good", "columns": {"income": {"kind": "numeric", "direction": 1}, "trade": "ignore", "row_id": {"kind": "numeric"}}}"""
                : "column,kind,direction,bad\nincome,numeric,1,\ntrade,ignore,,\nrow_id,numeric,,\noutcome,,,good\n");
            var report = Run(Loans(300), mapping: TableMapping.Read(path));
            Assert.That(report.Table.BadValue, Is.EqualTo("good"));
            Assert.That(report.Columns.Single(column => column.Name == "income").Direction, Is.EqualTo(1));
            Assert.That(report.Columns.Single(column => column.Name == "trade").Kind, Is.EqualTo(ColumnKind.Ignored));
            Assert.That(report.Columns.Single(column => column.Name == "row_id").Kind, Is.EqualTo(ColumnKind.Number));
            File.WriteAllText(path, """{"columns": {"income": "money"}}""");
            Assert.That(() => TableMapping.Read(path), Throws.TypeOf<EvaluationException>().With.Message.Contains("'money' is no kind"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase("0", "1", 0.3, "1")]
    [TestCase("Y", "N", 0.3, "N")]
    [TestCase("1", "2", 0.3, "2")]
    [TestCase("good", "bad", 0.7, "bad")]
    [TestCase("Fully Paid", "Charged Off", 0.6, "Charged Off")]
    public void TheBadValueIsTheRarerUnlessNamesSayOtherwise(string first, string second, double shareOfSecond, string bad)
    {
        var text = new StringBuilder("x,y\n");
        var random = new Random(1);
        for (var i = 0; i < 200; i++) text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble()},{(i < 200 * shareOfSecond ? second : first)}\n");
        Assert.That(Run(text.ToString(), target: "y").Table.BadValue, Is.EqualTo(bad));
    }

    [TestCase("x,y\n1,a\n2,a\n", "y", "one value only, a")]
    [TestCase("x,y\n1,a\n2,b\n3,c\n", "y", "has 3 values")]
    [TestCase("x,y\n1,a\n2,b\n", "y", "too few")]
    [TestCase("x,y\n1,a\n2,b\n", "z", "there is no column 'z'; the columns are x, y")]
    [TestCase("x,y\n1,a\n2\n", "y", "line 3: 1 cells under 2 headings")]
    [TestCase("x,x\n1,a\n", "x", "the column 'x' twice")]
    [TestCase("x,y\n1,\n2,?\n", "y", "is empty in every row")]
    public void WhatCannotBeEvaluatedIsSaidWithColumnOrRow(string table, string target, string words) =>
        Assert.That(() => Run(table, target: target), Throws.TypeOf<EvaluationException>().With.Message.Contains(words));

    [Test]
    public void TheTargetIsNeitherIdNorTimeNorLeftOut()
    {
        Assert.That(() => Run(Loans(200), id: "outcome"), Throws.TypeOf<EvaluationException>().With.Message.Contains("'outcome' is the target and cannot be the id"));
        Assert.That(() => Run(Loans(200), time: "outcome"), Throws.TypeOf<EvaluationException>().With.Message.Contains("cannot be the time"));
        var ignored = new TableMapping(new Dictionary<string, ColumnMapping> { ["outcome"] = new(ColumnKind.Ignored, 0) }, null);
        Assert.That(() => Run(Loans(200), mapping: ignored), Throws.TypeOf<EvaluationException>().With.Message.Contains("reads the target 'outcome' as ignore"));
    }

    [TestCase("written_off")]
    [TestCase("half")]
    public void ClientsThatSortTheOutcomesAreRefusedByTheNameOfTheirColumn(string id)
    {
        // 'written_off' is one client per outcome; of 'half' all bad rows are one client, and every good row is its own.
        var lines = Loans(200).Split('\n');
        var table = string.Join('\n', lines.Select((line, i) => line + "," + (i == 0 ? "half" : line.EndsWith("bad", StringComparison.Ordinal) ? "B" : $"G{i}")));
        Assert.That(() => Run(table, id: id, parallelism: 4), Throws.TypeOf<EvaluationException>().With.Message.Contains($"rows of one '{id}', which stay together, leave"));
    }

    /// <summary>A date of recovery that only the bad have ranks nothing by its values; that it is there at all tells.</summary>
    [TestCase(true, false)]
    [TestCase(false, false)]
    [TestCase(true, true)]
    public void AColumnFilledInForOneOutcomeOnlyIsALeak(bool forBad, bool isDay)
    {
        var random = new Random(2);
        string Cell() => isDay ? $"2024-{random.Next(1, 13):00}-{random.Next(1, 28):00}" : $"{random.NextDouble():0.000}";
        var report = Run(Sheet(300, (i, bad) => $"{random.NextDouble():0.000},{(bad == forBad ? Cell() : "")}", "x,recovered"), target: "y");
        var found = report.Columns.Single(column => column.Name == "recovered");
        Assert.That((found.Kind, found.Note), Is.EqualTo((ColumnKind.Leak, "is filled in for one outcome only, so after it; left out")));
        Assert.That(report.Models, Is.All.Matches<ModelEvaluation>(model => model.Auc.Value < 0.65));
    }

    [Test]
    public void RowsSortedByTheOutcomeAreNamedAndWhatCountsThemIsLeftOut()
    {
        var random = new Random(2);
        var lines = Sheet(300, (_, _) => $"{random.NextDouble():0.000}", "x").Split('\n');
        var sorted = lines.Skip(1).OrderBy(line => line[^1]).ThenBy(_ => random.Next()).ToArray();
        (sorted[140], sorted[290]) = (sorted[290], sorted[140]);
        var table = "x,y,entered\n" + string.Join('\n', sorted.Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{line},{1_000 + 3.7 * i + i % 3:0.0}")));
        var report = Run(table, target: "y");
        Assert.That(report.Notes, Has.Some.StartsWith("the rows are sorted by the outcome"));
        Assert.That(report.Columns.Single(column => column.Name == "entered").Note, Does.StartWith("grows with the row number"));
        Assert.That(report.Models, Is.All.Matches<ModelEvaluation>(model => model.Auc.Value < 0.65));
    }

    [Test]
    public void AClientIsFoundByItsNameAndItsRowsStayTogether()
    {
        var random = new Random(2);
        var table = Sheet(400, (i, _) => $"{i % 100},{random.NextDouble():0.000},2024-{1 + i / 40:00}-01", "borrower,x,month");
        var folds = Run(table, target: "y");
        Assert.That(folds.Notes, Has.Some.StartsWith("'borrower' is taken for the client"));
        Assert.That(folds.Columns.Single(column => column.Name == "borrower"), Has.Property("Kind").EqualTo(ColumnKind.Identifier).And.Property("Note").EqualTo("rows of one value stay together"));
        var later = Run(table, target: "y", time: "month");
        Assert.That(later.Notes, Has.Some.Match("^1[0-9][0-9] of 1[0-9][0-9] judged rows are of a 'borrower' that teaches at an earlier time"));
        Assert.That(later.Columns.Single(column => column.Name == "borrower").Note, Does.Contain("over time a client is judged again"));
        var said = new TableMapping(new Dictionary<string, ColumnMapping> { ["borrower"] = new(ColumnKind.Number, 0) }, null);
        Assert.That(Run(table, target: "y", mapping: said).Columns.Single(column => column.Name == "borrower").Kind, Is.EqualTo(ColumnKind.Number));
    }

    /// <summary>Rows with an outcome drawn at random: nothing honest foresees it.</summary>
    private static string Sheet(int rows, Func<int, bool, string> cells, string heading)
    {
        var random = new Random(8);
        return heading + ",y\n" + string.Join('\n', Enumerable.Range(0, rows).Select(i =>
        {
            var bad = random.Next(3) == 0;
            return $"{cells(i, bad)},{(bad ? 1 : 0)}";
        }));
    }

    [Test]
    public void AnEmptyWindowOfCalibrationIsToldAndFoldsStandIn()
    {
        // No bad row in the quarter before the test: what is there cannot calibrate.
        var text = new StringBuilder("x,day,y\n");
        var random = new Random(3);
        for (var i = 0; i < 400; i++)
            text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble()},{new DateOnly(2024, 1, 1).AddDays(i):yyyy-MM-dd},{(i is < 190 or > 290 && random.Next(4) == 0 ? 1 : 0)}\n");
        var report = Run(text.ToString(), target: "y", time: "day");
        Assert.That(report.Split, Does.Contain("5 folds of them calibrate").And.Not.Contain(" 0 later"));
        Assert.That(report.Notes, Has.Some.Contains("no window of 'day' before the judged rows").And.Some.Contains("calibrated by 5 folds"));
        foreach (var model in report.Models)
            foreach (var figure in (Measured[])[model.Auc, model.Ks, model.Brier, model.Ece, model.LogLoss])
                Assert.That(figure.Value, Is.InRange(figure.Lower, figure.Upper), model.Model);
    }

    [Test]
    public void InfiniteValuesAreNamedApartFromMissingOnes()
    {
        string[] odd = ["inf", "-Infinity", "1e400", "NA", ""];
        var random = new Random(9);
        var table = "x,y\n" + string.Join('\n', Enumerable.Range(0, 200).Select(i =>
            $"{(i < odd.Length ? odd[i] : random.NextDouble().ToString("0.0000", CultureInfo.InvariantCulture))},{(random.Next(3) == 0 ? 1 : 0)}"));
        var x = Run(table, target: "y").Columns.Single(column => column.Name == "x");
        Assert.That((x.Kind, x.Missing, x.Infinite), Is.EqualTo((ColumnKind.Number, 2, 3)));
        Assert.That(x.Note, Does.Contain("3 infinite values, not missing"));
    }

    [TestCase("1,234.5", 1234.5)]
    [TestCase("$12", 12)]
    [TestCase("12.5%", 0.125)]
    [TestCase("-inf", double.NegativeInfinity)]
    public void NumbersAreReadAsTablesWriteThem(string text, double number)
    {
        Assert.That(ColumnCells.TryNumber(text, out var read), Is.True);
        Assert.That(read, Is.EqualTo(number).Within(1e-12));
    }

    [Test]
    public void SemicolonsQuotesAndAHeadingWithoutANameAreRead()
    {
        var table = LabelledTable.Read(new StringReader("\"a;b\";;c\n\"1;2\";3;NA\n\n"), "t");
        Assert.That(table.Columns.Select(column => column.Name), Is.EqualTo(new[] { "a;b", "column 2", "c" }));
        Assert.That((table.Rows, table.Columns[0].Text(0), table.Columns[1].Number(0), table.Columns[2].IsMissing(0)), Is.EqualTo((1, "1;2", 3.0, true)));
    }

    private static EvaluationReport Run(
        string table, string target = "outcome", string? time = null, TableMapping? mapping = null, IReadOnlyList<ModelFamily>? families = null, int parallelism = 1, string? id = null) =>
        TableEvaluation.Run(
            LabelledTable.Read(new StringReader(table), "table"), new EvaluationRequest(target, time, id, mapping ?? TableMapping.None, 7)
            { Families = families ?? Quick, Parallelism = parallelism }, TimeProvider.System);

    /// <summary>Loans in the order of their dates, with a column of every kind.</summary>
    private static string Loans(int rows)
    {
        var random = new Random(4);
        string[] trades = ["mine", "mill", "shop"];
        var text = new StringBuilder("row_id,reference,income,trade,opened,currency,nothing,written_off,outcome\n");
        for (var i = 1; i <= rows; i++)
        {
            var (income, trade) = (random.NextDouble(), random.Next(3));
            var isBad = random.NextDouble() < 1 / (1 + Math.Exp(5 * income - trade));
            var day = new DateOnly(2023, 1, 1).AddDays(i);
            text.Append(CultureInfo.InvariantCulture, $"{i},R-{i * 7919},{(random.Next(12) == 0 ? "NA" : income.ToString("0.0000", CultureInfo.InvariantCulture))},");
            text.Append(CultureInfo.InvariantCulture, $"{trades[trade]},{day:yyyy-MM-dd},CNY,,{(isBad ? "yes" : "no")},{(isBad ? "bad" : "good")}");
            if (i < rows) text.Append('\n');
        }
        return text.ToString();
    }
}
