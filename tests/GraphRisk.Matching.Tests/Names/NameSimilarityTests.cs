using GraphRisk.Matching.Names;

namespace GraphRisk.Matching.Tests.Names;

public sealed class NameSimilarityTests
{
    [TestCase("Sergei Ivanov", "IVANOV, Sergey")]
    [TestCase("Щербаков Юрий Николаевич", "Yury Shcherbakov")]
    [TestCase("Дмитро Фірташ", "Dmytro Firtash")]
    [TestCase("صدام حسين", "Saddam Hussein")]
    [TestCase("معمر القذافي", "Muammar Gaddafi")]
    [TestCase("Γεώργιος Παπανδρέου", "George Papandreou")]
    [TestCase("김정은", "Kim Jong-un")]
    [TestCase("'Abd al-Rahman al-Masri", "Abdul Rahman Masri")]
    [TestCase("Mac Donald, Ian", "Ian McDonald")]
    [TestCase("Prof. Dr. Robert Weiss", "Bob Weiss")]
    [TestCase("J.-P. Moreau", "Jean-Pierre Moreau")]
    [TestCase("Hans Mueller", "Hans Müller")]
    [TestCase("José María López García", "Jose Maria Lopez")]
    [TestCase("An0nym0us Jon3s", "Anonymous Jones")]
    [TestCase("Peggie Charney", "Charney, Margaret")]
    [TestCase("Antoun, Mohamed", "Antoun, Mhd")]
    [TestCase("John Smith", "John Smith Junior")]
    [TestCase("Wong Chi Keung", "Huang Zhiqiang")]
    [TestCase("Tsai Wen-hua", "Cai Wenhua")]
    public void APersonIsFoundUnderEveryWritingOfTheName(string left, string right) => Assert.That(Of(left, right, NameKind.Person), Is.GreaterThanOrEqualTo(NameSimilarity.Threshold));

    [TestCase("Olga Ivanova", "Oleg Ivanov")]
    [TestCase("Sergei Ivanov", "Sergei Ivanova")]
    [TestCase("Peter J. Smith", "Peter K. Smith")]
    [TestCase("Robert Downey Jr.", "Robert Downey Sr.")]
    [TestCase("Sergey Petrovich Lavrov", "Sergey Ivanovich Lavrov")]
    [TestCase("Hafez al-Masri", "Bashar al-Masri")]
    [TestCase("Wang Fang", "Wang Feng")]
    [TestCase("Klein, Morris I", "Klein, Morris II")]
    [TestCase("Anderson, Darla", "Anderson, Darletta")]
    [TestCase("Anderson, Darlene", "Anderson, Darletta")]
    [TestCase("Wong Ming", "Wang Ling")]
    [TestCase("P. P.", "Peter Pan")]
    public void AnotherPersonIsKeptApart(string left, string right) => Assert.That(Of(left, right, NameKind.Person), Is.LessThan(NameSimilarity.Threshold));

    [TestCase("张晓明", "Zhang Xiaoming", NameReason.SameInLatin)]
    [TestCase("张晓明", "XIAO MING ZHANG", NameReason.SameInLatin)]
    [TestCase("欧阳锋", "Feng Ouyang", NameReason.SameInLatin)]
    [TestCase("单雄信", "Shan Xiongxin", NameReason.SameInLatin)]
    [TestCase("吕布", "Lyu Bu", NameReason.SameInLatin)]
    [TestCase("習近平", "习近平", NameReason.Same)]
    [TestCase("张李秀英", "李秀英", NameReason.Part)]
    [TestCase("弗拉基米尔·普京", "Vladimir Putin", NameReason.SameInLatin)]
    [TestCase("巴拉克·奥巴马", "贝拉克·奥巴马", NameReason.Variants)]
    [TestCase("黄志强", "Wong Chi Keung", NameReason.SameInLatin)]
    [TestCase("張學友", "Cheung Hok-yau, Jacky", NameReason.SameInLatin)]
    [TestCase("吴家辉", "Tony Ng Ka Fai", NameReason.SameInLatin)]
    [TestCase("许信良", "Hsu Hsin-liang", NameReason.SameInLatin)]
    [TestCase("李登辉", "Lee Teng-hui", NameReason.SameInLatin)]
    [TestCase("王晓明", "Wang Xiaomign", NameReason.SameInLatin)]
    public void AChinesePersonIsFoundInEitherScript(string left, string right, NameReason reason)
    {
        var agreement = NameSimilarity.Compare(left, right, NameKind.Person);
        Assert.That((agreement.IsMatch, agreement.Reason), Is.EqualTo((true, reason)));
    }

    [TestCase("徐旭文", "Xu Jiewen", NameReason.Contradicts)]
    [TestCase("魏建浩", "Wei Haojian", NameReason.Contradicts)]
    [TestCase("黄志强", "Wong Chi Kit", NameReason.Contradicts)]
    [TestCase("张伟", "张玮", NameReason.SoundsAlike)]
    [TestCase("王小明", "王晓明", NameReason.SoundsAlike)]
    [TestCase("王小明", "王小亮", NameReason.SoundsAlike)]
    [TestCase("王小明", "李建国", NameReason.Contradicts)]
    public void AnotherCharacterIsAnotherPerson(string left, string right, NameReason reason)
    {
        var agreement = NameSimilarity.Compare(left, right, NameKind.Person);
        Assert.That((agreement.IsMatch, agreement.Reason), Is.EqualTo((false, reason)));
    }

    [TestCase("上海华信贸易有限公司", "上海市华信贸易有限责任公司", true)]
    [TestCase("上海华信贸易有限公司", "Shanghai Hua Xin Trade Company Limited", true)]
    [TestCase("中国工商银行股份有限公司", "中国工商银行", true)]
    [TestCase("中国工商银行股份有限公司", "Industrial and Commercial Bank of China Limited", true)]
    [TestCase("中国建设银行", "Agricultural Bank of China", false)]
    [TestCase("中国石油化工股份有限公司", "China Petroleum & Chemical Corporation", true)]
    [TestCase("恒力控股集团有限公司", "Hengli Holdings Group Co., Ltd.", true)]
    [TestCase("上海华信贸易有限公司", "上海华新贸易有限公司", false)]
    [TestCase("上海华信贸易有限公司", "北京华信贸易有限公司", false)]
    [TestCase("上海华信贸易有限公司", "上海华信投资有限公司", false)]
    [TestCase("上海华信贸易有限公司", "Beijing Huaxin Trading Co., Ltd.", false)]
    [TestCase("中国工商银行股份有限公司", "中国工商银行股份有限公司北京分行", false)]
    public void AChineseCompanyIsPlaceBrandTradeFormAndBranch(string left, string right, bool same) =>
        Assert.That(NameSimilarity.Compare(left, right, NameKind.Organisation).IsMatch, Is.EqualTo(same));

    [TestCase("Volkswagen AG", "Volkswagen Aktiengesellschaft", true)]
    [TestCase("Volkswagen AG", "Volkswagen Financial Services AG", false)]
    [TestCase("ПАО «Газпром нефть»", "Gazprom Neft PJSC", true)]
    [TestCase("ПАО «Газпром нефть»", "ПАО «Газпром»", false)]
    [TestCase("Тульский машиностроительный завод, АО", "JSC Tula Mashinostroitelnyi Plant", false)]
    [TestCase("Харьковский приборостроительный завод", "Kharkov Instrument-Making Plant", true)]
    [TestCase("International Business Machines Corp", "IBM", true)]
    [TestCase("Harbour Fund II LP", "Harbour Fund 2 LP", true)]
    [TestCase("Harbour Fund II LP", "Harbour Fund III LP", false)]
    [TestCase("Second National Bank", "2nd National Bank", true)]
    [TestCase("Bank of China", "Bank of America", false)]
    [TestCase("Global Shipping Ltd", "Global Trading Ltd", false)]
    [TestCase("Nordwind Bau GmbH", "Nordwind Bau AG", false)]
    [TestCase("Acme Holdings Ltd", "ACME HOLDING LIMITED", true)]
    [TestCase("Blue River Trading", "BlueRiver Trading Sociedad Anonima", true)]
    [TestCase("Zeta Lines/Zeta Shipping Lines", "Zeta Lines", true)]
    public void AnOrganisationIsItsNameNotItsFormAndItsGroupIsNotItself(string left, string right, bool same) =>
        Assert.That(NameSimilarity.Compare(left, right, NameKind.Organisation).IsMatch, Is.EqualTo(same));

    [Test]
    public void AnUnknownBearerIsReadByWhatTheNameLooksLike() => Assert.Multiple(() =>
    {
        Assert.That(NameReading.Of("Harbour Lines Ltd", NameKind.Unknown).Kind, Is.EqualTo(NameKind.Organisation));
        Assert.That(NameReading.Of("Jane Roe", NameKind.Unknown).Kind, Is.EqualTo(NameKind.Unknown));
        Assert.That(NameSimilarity.Compare("Roe, Jane", "Jane Roe", NameKind.Unknown).IsMatch);
    });

    [TestCase("张*明", "张晓明")]
    [TestCase("", "Jane Roe")]
    [TestCase("---", "---")]
    public void OfAHiddenOrEmptyNameNothingIsKnown(string left, string right) =>
        Assert.That(NameSimilarity.Compare(left, right, NameKind.Person), Is.EqualTo(NameAgreement.None));

    [Test]
    public void TheOrderOfTheTwoDoesNotMatterAndANameIsItself() => Assert.Multiple(() =>
    {
        string[] names = ["Sergei Ivanov", "IVANOVA Olga", "张晓明", "Zhang Xiaoming", "صدام حسين", "Harbour Fund II LP", "HF II", "上海华信贸易有限公司", "Bank of China", "Müller & Söhne KG", "J.-P. Moreau", "O'Neil"];
        foreach (var kind in Enum.GetValues<NameKind>())
            foreach (var left in names)
            {
                Assert.That(Of(left, left, kind), Is.GreaterThan(0.9), left);
                foreach (var right in names) Assert.That(Of(left, right, kind), Is.EqualTo(Of(right, left, kind)).Within(1e-12).And.InRange(0, 1), $"{left} | {right}");
            }
    });

    private static double Of(string left, string right, NameKind kind) => NameSimilarity.Compare(left, right, kind).Score;
}
