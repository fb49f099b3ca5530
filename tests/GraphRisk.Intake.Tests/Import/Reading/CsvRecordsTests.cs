using System.Text;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Tests.Import.Reading;

public sealed class CsvRecordsTests
{
    [Test]
    public void AnUnterminatedQuoteCostsOneRecord() => Assert.That(
        Read("a,b\n1,\"x\n2,y\n3,\"z\"\n"), Is.EqualTo(new[] { "2: 1,\"x", "3: 2,y", "4: 3,\"z\"" }));

    [Test]
    public void AQuotedFieldMayHoldALineEnd() => Assert.That(
        Read("a,b,c\n1,\"x\ny\",2\n3,4,5\n"), Is.EqualTo(new[] { "2: 1,\"x\ny\",2", "4: 3,4,5" }));

    [Test]
    public void AQuoteThatIsClosedTooLateIsNoRecord() => Assert.That(
        Read("a,b,c\n1,\"x\nnonsense\n\"y\",2,3\n"), Is.EqualTo(new[] { "2: 1,\"x", "3: nonsense", "4: \"y\",2,3" }));

    [Test]
    public void EmptyLinesAreNoRecordsAndCarriageReturnsNoPartOfOne() => Assert.That(
        Read("a,b\r\n\r\n1,2\r\n\n3,4"), Is.EqualTo(new[] { "3: 1,2", "5: 3,4" }));

    [Test]
    public void ALineOverTheLimitIsToldByItsLengthAlone()
    {
        var huge = new string('x', 300_000);
        using var records = Open($"a,b\n1,{huge}\n2,\"{huge}\n3,4\n", limit: 1000);
        records.ReadHeader(out _);
        Assert.That(records.Next(out var first), Is.True);
        Assert.That((first.Line, first.Length, first.Bytes.Length), Is.EqualTo((2, 300_002, LineReader.KeptOfLongLine)));
        Assert.That(first.Fault!.Reason, Is.EqualTo("is 300002 bytes long, which is over the limit"));
        Assert.That(records.Next(out var second) && second.Line == 3, Is.True);
        Assert.That(records.Next(out var last) && Encoding.UTF8.GetString(last.Bytes.Span) == "3,4", Is.True);
    }

    [Test]
    public void LinesAreFoundWhereverTheReadsOfTheFileEnd()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(1, 30)).Select(i => new string((char)('a' + (i % 26)), random.Next(0, 60))).ToList();
            using var reader = new LineReader(new Trickle(Encoding.ASCII.GetBytes(string.Join('\n', lines)), random), 50);
            var read = new List<long>();
            while (reader.Next(out var line)) read.Add(line.Length);
            var expected = lines.Select(line => (long)line.Length).ToList();
            if (expected[^1] == 0) expected.RemoveAt(expected.Count - 1);
            Assert.That(read, Is.EqualTo(expected), $"seed {seed}");
        }
    }

    private static List<string> Read(string text)
    {
        using var records = Open(text, limit: 100_000);
        var read = new List<string>();
        Assert.That(records.ReadHeader(out _), Is.True);
        while (records.Next(out var record)) read.Add($"{record.Line}: {Encoding.UTF8.GetString(record.Bytes.Span)}");
        return read;
    }

    private static CsvRecords Open(string text, int limit) => new(
        new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), limit), new CsvLayout(',', Quoted: true), FileEncoding.Utf8);

    /// <summary>Gives out a few bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, random.Next(1, 20)));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 20))]);
    }
}
