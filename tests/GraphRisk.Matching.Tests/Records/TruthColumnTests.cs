using GraphRisk.Matching.Records;

namespace GraphRisk.Matching.Tests.Records;

public sealed class TruthColumnTests
{
    private const string People = "rec_id,name\nrec-1-org,Anna Lund\nrec-1-dup-0,Ana Lund\nrec-22-org,Bo Ek\nother,Cy Dahl\n";

    [Test]
    public void AColumnIsKeptApart()
    {
        using var files = new RecordFiles().Add("a.csv", "person,name\nx,Anna Lund\nx,Ana Lund\ny,Bo Ek\n,Cy Dahl\n");
        var reading = files.Read(new TruthOptions("person"));
        Assert.That(reading.Truth, Is.EqualTo(new[] { 0, 0, 1, -1 }));
        Assert.That(reading.Table.Attributes.Select(attribute => attribute.Name), Is.EqualTo(new[] { "name" }));
    }

    [Test]
    public void APatternTellsWhichPartOfAKeyNamesTheEntity()
    {
        using var files = new RecordFiles().Add("a.csv", People);
        var reading = files.Read(new TruthOptions("rec_id") { Pattern = new(@"rec-(\d+)") });
        Assert.That(reading.Truth, Is.EqualTo(new[] { 0, 0, 1, -1 }));
        Assert.That(reading.Table.Keys[1], Is.EqualTo("rec-1-dup-0"));
    }

    [Test]
    public void AFileBesideIsJoinedByTheColumnsInCommon()
    {
        using var files = new RecordFiles().Add("a.csv", "source,id,name\nA,1,Anna Lund\nA,2,Bo Ek\nB,1,Ana Lund\nB,2,Cy Dahl\n");
        var key = files.Beside("key.csv", "CLUSTER,GROUP,ID,SOURCE\n7,x,1,A\n7,x,1,B\n8,x,2,A\n");
        Assert.That(files.Read(new TruthOptions("cluster") { File = key }).Truth, Is.EqualTo(new[] { 0, 1, 0, -1 }));
    }

    [TestCase("nobody", "there are rec_id, name")]
    public void AColumnThatIsNotThereIsNamedWithThoseThatAre(string column, string said)
    {
        using var files = new RecordFiles().Add("a.csv", People);
        Assert.That(() => files.Read(new TruthOptions(column)), Throws.TypeOf<InvalidDataException>().With.Message.Contains(said));
    }

    [Test]
    public void AFileThatNamesNoRecordIsAFault()
    {
        using var files = new RecordFiles().Add("a.csv", People);
        var (strange, other) = (files.Beside("key.csv", "cluster,rec_id\n1,zzz\n"), files.Beside("other.csv", "cluster,number\n1,2\n"));
        Assert.That(() => files.Read(new TruthOptions("cluster") { File = strange }), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => files.Read(new TruthOptions("cluster") { File = other }), Throws.TypeOf<InvalidDataException>());
    }
}
