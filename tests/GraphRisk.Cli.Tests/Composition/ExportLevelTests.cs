using GraphRisk.Cli.Composition;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Cli.Tests.Composition;

public sealed class ExportLevelTests
{
    [Test]
    public void WhatTheSchemaHoldsMayLeave() => Assert.That(() => ExportLevel.Require(SchemaCatalog.LoadEmbedded()), Throws.Nothing);

    [Test]
    public void WhatIsOfLevelFourNeverLeaves()
    {
        var catalog = SchemaCatalog.Load([("a.graphql", """
            type Thing @node @classified(level: 2) {
              code: String! @unique
              secret: String @classified(level: 4)
            }
            """)]);
        Assert.That(() => ExportLevel.Require(catalog), Throws.TypeOf<UserErrorException>().With.Message.Contains("Thing.secret"));
    }
}
