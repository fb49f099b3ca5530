using System.Text;
using GraphRisk.Server.Security;
using GraphRisk.Server.Tests.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GraphRisk.Server.Tests.Security;

public class DevelopmentTokensTests
{
    private static readonly Viewer Broker = new(Role.Broker, "Broker/B001", PurposeCatalog.Default.Find("kyc"), "审计");
    private readonly MovableClock clock = new();

    private DevelopmentTokens Tokens(byte key = 1) => new(Enumerable.Repeat(key, 32).ToArray(), PurposeCatalog.Default, clock);

    [Test]
    public async Task ATokenSpeaksForTheViewerItWasIssuedTo()
    {
        var reading = await Tokens().Read(Tokens().Issue(Broker, TimeSpan.FromHours(1)));
        Assert.That((reading.Viewer, reading.Why), Is.EqualTo((Broker, (string?)null)));
    }

    [Test]
    public async Task ATokenSaysWhoHoldsIt() =>
        Assert.That((await Tokens().Read(Tokens().Issue(Broker with { Subject = "li.wei" }, TimeSpan.FromHours(1)))).Viewer, Is.EqualTo(Broker with { Subject = "li.wei" }));

    [Test]
    public async Task ATokenCountsUntilTheInstantItExpires()
    {
        var issued = clock.Now;
        var token = Tokens().Issue(Broker, TimeSpan.FromHours(1));
        clock.Now = issued + TimeSpan.FromSeconds(3599);
        var before = await Tokens().Read(token);
        clock.Now = issued + TimeSpan.FromSeconds(3600);
        var after = await Tokens().Read(token);
        clock.Now = issued;
        Assert.That((before.Viewer, after.Viewer, after.Why), Is.EqualTo((Broker, (Viewer?)null, "The token has expired.")));
    }

    [Test]
    public async Task ATokenOfAnotherKeyDoesNotCount()
    {
        var reading = await Tokens(2).Read(Tokens(1).Issue(Broker, TimeSpan.FromHours(1)));
        Assert.That((reading.Viewer, reading.Why), Is.EqualTo(((Viewer?)null, "The token is not accepted.")));
    }

    [Test]
    public async Task ATokenWithAnyPartChangedDoesNotCount()
    {
        var parts = Tokens().Issue(Broker, TimeSpan.FromHours(1)).Split('.');
        var claims = Encoding.UTF8.GetString(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(parts[1])).Replace("broker", "regulator", StringComparison.Ordinal);
        var forged = $"{parts[0]}.{Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(claims)}.{parts[2]}";
        Assert.That((await Tokens().Read(forged)).Viewer, Is.Null);
    }

    [Test]
    public async Task ATokenThatClaimsToNeedNoSignatureDoesNotCount()
    {
        var unsigned = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            "{\"iss\":\"graphrisk-development\",\"aud\":\"graphrisk\",\"role\":\"regulator\",\"exp\":4102444800}");
        Assert.That((await Tokens().Read(unsigned)).Viewer, Is.Null);
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("a.b.c")]
    public async Task WhatIsNoTokenDoesNotCount(string token) => Assert.That((await Tokens().Read(token)).Viewer, Is.Null);

    [Test]
    public async Task ATokenOfAClientThatSaysNotWhoseDoesNotCount() =>
        Assert.That((await Tokens().Read(Tokens().Issue(new Viewer(Role.Client), TimeSpan.FromHours(1)))).Viewer, Is.Null);

    [Test]
    public async Task ATokenWithAPurposeThatIsNoneDoesNotCount()
    {
        var odd = new Viewer(Role.Regulator, "csrc", new Purpose("curiosity", "", "", []));
        Assert.That((await Tokens().Read(Tokens().Issue(odd, TimeSpan.FromHours(1)))).Why, Does.Contain("curiosity"));
    }

    [Test]
    public async Task NobodyIsIssuedATokenAsAnonymous() =>
        Assert.That((await Tokens().Read(Tokens().Issue(Viewer.Anonymous, TimeSpan.FromHours(1)))).Viewer, Is.Null);
}
