using GraphRisk.Server.Security;

namespace GraphRisk.Server.Tests.Security;

public class AccessTableTests
{
    private const string Header = "act,role,standing,level,kind,purpose,authorisation,access,opened by\n";

    [TestCase("read,broker,own,1,*,-,*,alow,", "'alow'")]
    [TestCase("read,broker,own,5,*,-,*,allow,", "'5'")]
    [TestCase("read,banker,own,1,*,-,*,allow,", "'banker'")]
    [TestCase("read,broker,own,1,*,-,MAYBE,allow,", "'MAYBE'")]
    [TestCase("read,broker,own,1,*,curiosity,*,allow,", "'curiosity'")]
    [TestCase("read,broker,own,1,*,supervision,*,allow,", "not every role of the row may declare")]
    [TestCase("read,broker,own,2 3,*,-,*,allow,", "without a purpose")]
    [TestCase("read,anonymous,visible,1,*,-,*,allow,", "reads nothing")]
    [TestCase("read,broker,own,1,*,-,allow,", "8 cells")]
    [TestCase("read,broker,own,1,*,-,*,allow,\nread,broker,own,1,amount,-,*,deny,", "line 3 is never reached")]
    public void ATableThatSaysWhatCannotBeIsNotLoaded(string rows, string why) =>
        Assert.That(() => AccessTable.Read(Header + rows, PurposeCatalog.Default), Throws.TypeOf<InvalidDataException>().With.Message.Contains(why));

    [Test]
    public void ATextWithoutTheHeadIsNoTable() =>
        Assert.That(() => AccessTable.Read("read,broker,own,1,*,-,*,allow,", PurposeCatalog.Default), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void TheFirstRowThatFitsCountsAndWhereNoneFitsThereIsNone()
    {
        var table = AccessTable.Read(Header + "read,broker,own,1,amount,-,*,round,\nread,broker,own,1,*,-,*,allow,", PurposeCatalog.Default);
        var amounts = table.About(Role.Broker, new AccessQuestion(Standing.Own, Graph.Schema.Sensitivity.Public, ValueKind.Amount));
        Assert.That(amounts.Select(row => row.Access), Is.EqualTo(new[] { Access.Round, Access.Allow }));
        Assert.That(table.About(Role.Broker, new AccessQuestion(Standing.Visible, Graph.Schema.Sensitivity.Public)), Is.Empty);
    }

    [Test]
    public void EveryRefusalButTheUnknownSaysWhatWouldOpenIt() =>
        Assert.That(
            AccessTable.Default.Rows.Where(row => row.Access == Access.Deny && !row.Standings.Contains(Standing.Unknown) && row.OpenedBy.Length == 0),
            Is.Empty);
}
