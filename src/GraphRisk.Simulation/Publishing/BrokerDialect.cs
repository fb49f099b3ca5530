using System.Collections.Frozen;

namespace GraphRisk.Simulation.Publishing;

/// <summary>
/// How a broker writes its files. The table holds, per file, the columns in both writings, and the codes; nothing else differs.
/// </summary>
public sealed class BrokerDialect
{
    private static readonly FrozenDictionary<string, (string Latin, string Hanzi)> Columns = new Dictionary<string, (string, string)>
    {
        ["clients"] = (
            "client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on,closed_on",
            "客户号,客户名称,曾用名,客户类别,证件类型,证件号码,证件有效期,出生日期,性别,联系电话,联系地址,辖区,开户日期,销户日期"),
        ["accounts"] = ("account_no,client_no,kind,opened_on,closed_on", "资金账号,客户号,账户类别,开户日期,销户日期"),
        ["authorisations"] = (
            "authorisation_no,client_no,scope,purposes,given_on,expires_on,withdrawn_on,document",
            "授权编号,客户号,授权范围,授权用途,授权日期,有效期至,撤回日期,授权文件"),
        ["positions"] = ("account_no,security_code,quantity,as_of", "资金账号,证券代码,持仓数量,截止日期"),
        ["margin"] = (
            "contract_no,account_no,opened_on,due_on,credit_line,annual_rate,call_line,liquidation_line",
            "合约编号,资金账号,开仓日期,到期日期,授信额度,年利率,追保线,平仓线"),
        ["margin_statements"] = (
            "contract_no,as_of,status,cash,collateral_value,financed,short_value,interest",
            "合约编号,截止日期,状态,现金,担保物市值,融资余额,融券市值,应付利息"),
        ["pledge"] = (
            "contract_no,client_no,account_no,security_code,principal,annual_rate,opened_on,due_on,warning_line,closing_line",
            "合约编号,客户号,资金账号,证券代码,初始金额,年利率,初始交易日,购回日,预警线,平仓线"),
        ["pledge_statements"] = (
            "contract_no,as_of,status,quantity,outstanding,collateral_value",
            "合约编号,截止日期,状态,质押数量,应付金额,质押市值"),
        ["repo"] = (
            "contract_no,as_of,status,client_no,security_code,quantity,principal,outstanding,annual_rate,opened_on,repurchase_on",
            "合约编号,截止日期,状态,客户号,证券代码,标的数量,初始金额,应付金额,年利率,初始交易日,购回日"),
        ["events"] = (
            "event_no,client_no,contract_no,kind,occurred_on,amount,ratio",
            "事件编号,客户号,合约编号,事件类型,发生日期,金额,担保比例"),
        ["logins"] = ("account_no,device_id,first_seen", "资金账号,设备号,首次登录"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> HanziCodes = new Dictionary<string, string>
    {
        ["PERSON"] = "个人",
        ["COMPANY"] = "机构",
        ["RESIDENT_ID"] = "居民身份证",
        ["PASSPORT"] = "护照",
        ["USCC"] = "统一社会信用代码",
        ["M"] = "男",
        ["F"] = "女",
        ["ORDINARY"] = "普通",
        ["CREDIT"] = "信用",
        ["OPEN"] = "正常",
        ["CALLED"] = "追保",
        ["OVERDUE"] = "逾期",
        ["CLOSED"] = "了结",
        ["REPURCHASED"] = "购回",
        ["LIQUIDATED"] = "强平",
        ["DEFAULTED"] = "违约",
        ["DISPOSAL"] = "违约处置",
        ["MARGIN_CALL"] = "追保通知",
        ["CALL_MET"] = "追保完成",
        ["CURED"] = "清偿",
        ["FORCED_LIQUIDATION"] = "强制平仓",
        ["DEFAULT"] = "违约",
        ["SCORE"] = "评分",
        ["FACTS"] = "明细",
        ["kyc"] = "尽职调查",
        ["admission"] = "准入",
        ["monitoring"] = "存续期监控",
        ["default-disposal"] = "违约处置",
    }.ToFrozenDictionary();

    private readonly bool hanzi;

    private BrokerDialect(bool hanzi) => this.hanzi = hanzi;

    public static BrokerDialect Latin { get; } = new(false);

    public static BrokerDialect Hanzi { get; } = new(true);

    public string Name => hanzi ? "hanzi" : "latin";

    public CsvFile Open(string folder, string file)
    {
        var (latin, hanzi) = Columns[file];
        return new CsvFile(Path.Combine(folder, file + ".csv"), (this.hanzi ? hanzi : latin).Split(','), this.hanzi ? "yyyyMMdd" : "yyyy-MM-dd");
    }

    /// <summary>Several codes in one cell.</summary>
    public string Codes(IEnumerable<string> codes) => string.Join(hanzi ? "、" : ";", codes.Select(Code));

    public string? Code(string? code) => hanzi && code is not null ? HanziCodes[code] : code;
}
