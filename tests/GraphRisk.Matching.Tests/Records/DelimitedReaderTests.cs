using System.Text;

namespace GraphRisk.Matching.Tests.Records;

/// <summary>Delimited files in all the forms in which people have them.</summary>
public sealed class DelimitedReaderTests
{
    private static readonly string[] Headings = ["a", "b", "c"];

    [TestCase(',')]
    [TestCase(';')]
    [TestCase('\t')]
    [TestCase('|')]
    public void TheSignBetweenCellsIsFound(char sign)
    {
        using var files = new RecordFiles().Add("f.csv", $"name{sign}town{sign}zip\nAnna{sign}\"York{sign} North\"{sign}1\nBo{sign}Hull{sign}2\n");
        Assert.That((files.Cells("name"), files.Cells("town"), files.Cells("zip")), Is.EqualTo(
            (new[] { "Anna", "Bo" }, new[] { $"York{sign} North", "Hull" }, new[] { "1", "2" })));
    }

    [Test]
    public void BlanksAroundCellsAndHeadingsDoNotCount()
    {
        using var files = new RecordFiles().Add("f.csv", "rec_id, given_name , \"town\"\nr1,  mitchell , \" a b \"\r\nr2, ,hull  \r\n");
        Assert.That((files.Cells("given_name"), files.Cells("town")), Is.EqualTo((new[] { "mitchell", null }, new[] { " a b ", "hull" })));
    }

    [Test]
    public void AQuotedCellMayHoldLinesSignsAndMarks()
    {
        using var files = new RecordFiles().Add("f.csv", "a,b\n\"two\nlines\",\"say \"\"yes\"\", no\"\n\"\",x\n");
        Assert.That((files.Cells("a"), files.Cells("b")), Is.EqualTo((new[] { "two\nlines", null }, new[] { "say \"yes\", no", "x" })));
    }

    [Test]
    public void AStrayMarkCostsItsOwnRowOnly()
    {
        using var files = new RecordFiles().Add("f.csv", "a,b\n\"open,1\nx\"y,2\n\"z\" w,3\nlast,4\n");
        Assert.That(files.Cells("a"), Is.EqualTo(new[] { "\"open", "x\"y", "\"z\" w", "last" }));
        Assert.That(files.Cells("b"), Is.EqualTo(new[] { "1", "2", "3", "4" }));
    }

    [Test]
    public void AMarkThatIsNeverClosedDoesNotSwallowTheFile()
    {
        var rows = string.Concat(Enumerable.Range(0, 50_000).Select(row => $"n{row},{row}\n"));
        using var files = new RecordFiles().Add("f.csv", $"a,b\n\"open,0\n{rows}");
        Assert.That(files.Cells("a"), Has.Length.EqualTo(50_001));
    }

    [Test]
    public void ARowWithTooManyCellsIsNamedAndTheOthersStay()
    {
        using var files = new RecordFiles().Add("f.csv", "name,town\nAnna,York\nBo,Hull,more\nCy\n\nDi,Bath,,\n");
        var reading = files.Read();
        Assert.That(files.Cells("name"), Is.EqualTo(new[] { "Anna", "Cy", "Di" }));
        Assert.That(reading.Refused.Single(), Is.EqualTo(new Matching.Records.RefusedRow("f.csv", 3, "has 3 cells under 2 headings")));
    }

    [Test]
    public void HeadingsThatAreMissingOrTwiceGetNamesOfTheirOwn()
    {
        using var files = new RecordFiles().Add("f.csv", "a,,a\n1,2,3\n");
        Assert.That((files.Cells("a"), files.Cells("column 2"), files.Cells("a (2)")), Is.EqualTo((new[] { "1" }, new[] { "2" }, new[] { "3" })));
    }

    [TestCase("utf-8", true)]
    [TestCase("utf-8", false)]
    [TestCase("utf-16", true)]
    [TestCase("utf-16BE", true)]
    [TestCase("utf-16", false)]
    [TestCase("GB18030", false)]
    public void ChineseIsReadInAnyEncoding(string name, bool isMarked)
    {
        Encoding encoding = (name, isMarked) switch
        {
            ("utf-8", _) => new UTF8Encoding(isMarked),
            ("utf-16", _) => new UnicodeEncoding(bigEndian: false, isMarked),
            ("utf-16BE", _) => new UnicodeEncoding(bigEndian: true, isMarked),
            _ => CodePagesEncodingProvider.Instance.GetEncoding(name)!,
        };
        using var files = new RecordFiles().Add("f.csv", "id,name,note\n1,王小明,plain text in Latin letters\n2,李娜,and more of it\n", encoding);
        Assert.That(files.Cells("name"), Is.EqualTo(new[] { "王小明", "李娜" }));
    }

    [Test]
    public void WesternLettersOfOneByteAreRead()
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;
        using var files = new RecordFiles().Add("f.csv", "id;name\n1;Müller\n2;José Núñez\n3;Åse\n", encoding);
        Assert.That(files.Cells("name"), Is.EqualTo(new[] { "Müller", "José Núñez", "Åse" }));
    }

    [Test]
    public void SeveralFilesAreSeveralSourcesWhoseColumnsMeetByName()
    {
        using var files = new RecordFiles().Add("one.csv", "id,name,town\n1,Anna Lund,York\n2,Bo Ek,Hull\n").Add("two.csv", "name,id\nAnna Lund,1\nCy Dahl,2\nDi Holm,3\n");
        var table = files.Read().Table;
        Assert.That((table.Sources, table.SourceOf), Is.EqualTo((new[] { "one.csv", "two.csv" }, new byte[] { 0, 0, 1, 1, 1 })));
        Assert.That(files.Cells("town"), Is.EqualTo(new[] { "York", "Hull", null, null, null }));
        Assert.That(table.Keys.ToArray(), Is.EqualTo(new[] { "1", "2", "1", "2", "3" }));
    }

    /// <summary>Rows of random cells, quoted where they must be and sometimes where they need not, are read as they were written.</summary>
    [Test]
    public void WhatWasWrittenIsReadBack()
    {
        const string Letters = "ab,;\t|\"\n é王";
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var rows = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Headings.Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)]))).ToArray()).ToArray();
            foreach (var row in rows)
                if (row.All(cell => cell.Length == 0)) row[0] = "x";
            string Written(string cell) => cell.Any(letter => !char.IsLetter(letter)) || random.Next(4) == 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
            var text = string.Concat(rows.Select(row => string.Join(random.Next(3) == 0 ? ", " : ",", row.Select(Written)) + (random.Next(2) == 0 ? "\n" : "\r\n")));
            using var files = new RecordFiles().Add("f.csv", $"a,b,c\n{text}");
            for (var column = 0; column < 3; column++)
                Assert.That(files.Cells(Headings[column]), Is.EqualTo(rows.Select(row => row[column].Length == 0 ? null : row[column])), $"seed {seed}, column {column}");
        }
    }

    [Test]
    public void AnEmptyFileIsAFault()
    {
        using var files = new RecordFiles().Add("f.csv", "\n");
        Assert.That(() => files.Read(), Throws.TypeOf<InvalidDataException>().With.Message.Contains("f.csv"));
    }

    [Test]
    public void ReadingEndsWhenItIsCancelled()
    {
        using var files = new RecordFiles().Add("f.csv", "a,b\n1,2\n");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(() => Matching.Records.RecordReader.Read([files.Beside("g.csv", "a,b\n1,2\n")], Matching.Records.RecordMapping.None, cancellation: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
