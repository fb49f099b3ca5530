using System.Net;
using GraphRisk.Server.Hosting;
using GraphRisk.Server.Http;
using GraphRisk.Server.Security;
using GraphRisk.Server.SignIn;

namespace GraphRisk.Server.Tests.Hosting;

public class HostingRulesTests
{
    private static readonly ServerOptions Standard = new() { DataDirectory = "nowhere" };
    private static readonly AuthorityOptions Authority = new() { Authority = new Uri("https://login.example.cn"), Audience = "graphrisk" };
    private static readonly HostingOptions Open = new()
    {
        Addresses = [new IPEndPoint(IPAddress.Any, 443)],
        Certificate = new CertificateOptions("risk.pem"),
        Hosts = ["risk.example.cn"],
    };

    [Test]
    public void TheLoopbackAddressAsksForNothing()
    {
        HostingRules.Check(Standard);
        HostingRules.Check(Standard with { DevelopmentTokens = true });
        HostingRules.Check(Standard with { Authority = Authority });
        Assert.That(HostingRules.AddressesOf(Standard), Is.EqualTo(new[] { new IPEndPoint(IPAddress.Loopback, 5080) }));
    }

    [Test]
    public void BeyondItTheServerSaysWhoSignsPeopleInHowTheLineIsSecretAndItsName()
    {
        HostingRules.Check(Standard with { Authority = Authority, Hosting = Open });
        Refused(Standard with { Hosting = Open }, "authority");
        Refused(Standard with { Authority = Authority, Hosting = Open with { Certificate = null } }, "TLS");
        Refused(Standard with { Authority = Authority, Hosting = Open with { Hosts = [] } }, "names");
        Refused(Standard with { Authority = Authority, Hosting = Open with { Hosts = ["*"] } }, "host");
    }

    [Test]
    public void DevelopmentTokensAreNeverTakenBeyondIt()
    {
        Refused(Standard with { DevelopmentTokens = true, Hosting = Open }, "never taken beyond this machine");
        Refused(Standard with { DevelopmentTokens = true, Hosting = new HostingOptions { Hosts = ["risk.example.cn"] } }, "never taken beyond this machine");
        Refused(Standard with { DevelopmentTokens = true, Hosting = new HostingOptions { Proxies = [IPNetwork.Parse("127.0.0.1/32")] } }, "never taken beyond this machine");
        Refused(Standard with { DevelopmentTokens = true, Authority = Authority }, "exclude each other");
        Refused(Standard with { Authority = Authority, DemoViewer = new Viewer(Role.Regulator) }, "demo");
    }

    [Test]
    public void AProxyThatEndsTlsIsNamed()
    {
        var behind = Open with { Certificate = null, ProxyEndsTls = true };
        Refused(Standard with { Authority = Authority, Hosting = behind }, "named");
        Refused(Standard with { Authority = Authority, Hosting = behind with { Proxies = [IPNetwork.Parse("0.0.0.0/0")] } }, "Every address");
        HostingRules.Check(Standard with { Authority = Authority, Hosting = behind with { Proxies = [IPNetwork.Parse("10.0.0.2/32")] } });
    }

    [TestCase("http://login.example.cn", "RS256", "clear text")]
    [TestCase("ftp://login.example.cn", "RS256", "https")]
    [TestCase("https://login.example.cn", "HS256", "key pair")]
    [TestCase("https://login.example.cn", "none", "key pair")]
    public void AnAuthorityThatCouldBeImpersonatedIsRefused(string address, string algorithm, string why) =>
        Refused(Standard with { Authority = Authority with { Authority = new Uri(address), Algorithms = [algorithm] } }, why);

    private static void Refused(ServerOptions options, string why) =>
        Assert.That(() => HostingRules.Check(options), Throws.TypeOf<HostingException>().With.Message.Contains(why));
}
