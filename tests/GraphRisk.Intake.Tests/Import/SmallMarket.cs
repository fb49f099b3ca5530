namespace GraphRisk.Intake.Tests.Import;

/// <summary>A market of two brokers, two companies and two persons in the files of the generated one, written by hand.</summary>
internal static class SmallMarket
{
    public static IReadOnlyDictionary<string, string> Files { get; } = new Dictionary<string, string>
    {
        ["brokers/brokers.csv"] = """
            broker_code,name,region,net_capital,dialect
            B001,东方证券,31,1000000000.00,latin
            B002,西部证券,61,800000000.00,hanzi

            """,
        ["brokers/B001/clients.csv"] = """
            client_no,name,former_name,kind,id_type,id_number,id_expires,birth_date,sex,phone,address,region,opened_on
            0010000001,张伟,,PERSON,RESIDENT_ID,11010519491231002X,2030-01-01,1949-12-31,M,13800000000,"上海市浦东新区,1号",31,2021-03-01
            0010000002,华新贸易有限公司,华新商行,COMPANY,USCC,91110000600037341L,,,,021-1,上海,31,2021-04-01

            """,
        ["brokers/B001/accounts.csv"] = """
            account_no,client_no,kind,opened_on,closed_on
            80010000001,0010000001,CREDIT,2021-03-02,
            10010000002,0010000002,ORDINARY,2021-04-02,2023-05-06

            """,
        ["brokers/B001/authorisations.csv"] = """
            authorisation_no,client_no,scope,purposes,given_on,expires_on,withdrawn_on,document
            A0010000001,0010000001,SCORE,kyc;admission;monitoring,2022-01-05,2025-01-04,,M0010000001
            A0010000002,0010000002,FACTS,admission;default-disposal,2022-02-01,,2022-02-01,授权书 2022-7

            """,
        ["brokers/B001/positions.csv"] = """
            account_no,security_code,quantity,as_of
            80010000001,600001.SH,1000,2022-03-31
            80010000001,600001.SH,0,2022-06-30

            """,
        ["brokers/B001/margin.csv"] = """
            contract_no,account_no,opened_on,due_on,credit_line,annual_rate,call_line,liquidation_line
            M0010000001,80010000001,2022-01-05,2022-07-05,1000000.00,0.0650,1.3000,1.1000

            """,
        ["brokers/B001/margin_statements.csv"] = """
            contract_no,as_of,status,cash,collateral_value,financed,short_value,interest
            M0010000001,2022-01-05,OPEN,100000.00,900000.00,400000.00,50000.00,2000.00
            M0010000001,2022-03-31,CALLED,100000.00,400000.00,400000.00,0.00,2000.00
            M0010000001,2022-06-30,CLOSED,100000.00,0.00,0.00,0.00,0.00

            """,
        ["brokers/B001/events.csv"] = """
            event_no,client_no,contract_no,kind,occurred_on,amount,ratio
            E0010000001,0010000001,M0010000001,MARGIN_CALL,2022-03-31,50000.00,1.2438

            """,
        ["brokers/B001/logins.csv"] = """
            account_no,device_id,first_seen
            80010000001,D1,2021-03-03
            10010000002,D1,2021-04-03

            """,
        ["brokers/B002/clients.csv"] = """
            客户号,客户名称,曾用名,客户类别,证件类型,证件号码,证件有效期,出生日期,性别,联系电话,联系地址,辖区,开户日期,销户日期
            0020000001,張偉,,个人,居民身份证,110105491231002,,19491231,男,,,61,20200115,
            0020000002,李四,,个人,护照,E12345678,,,女,,,61,20200116,20221130

            """,
        ["brokers/B002/accounts.csv"] = """
            资金账号,客户号,账户类别,开户日期,销户日期
            10020000001,0020000001,普通,20200116,

            """,
        ["brokers/B002/authorisations.csv"] = """
            授权编号,客户号,授权范围,授权用途,授权日期,有效期至,撤回日期,授权文件
            A0020000001,0020000001,明细,准入、违约处置,20220110,20230109,20220601,授权书

            """,
        ["brokers/B002/pledge.csv"] = """
            合约编号,客户号,资金账号,证券代码,初始金额,年利率,初始交易日,购回日,预警线,平仓线
            P0020000001,0020000001,10020000001,600001.SH,5000000.00,0.0600,20220110,20230110,1.6000,1.4000

            """,
        ["brokers/B002/pledge_statements.csv"] = """
            合约编号,截止日期,状态,质押数量,应付金额,质押市值
            P0020000001,20220110,正常,800000,5000000.00,9000000.00
            P0020000001,20230110,购回,0,0.00,0.00

            """,
        ["brokers/B002/repo.csv"] = """
            合约编号,截止日期,状态,客户号,证券代码,标的数量,初始金额,应付金额,年利率,初始交易日,购回日
            R0020000001,20220301,正常,0020000002,600001.SH,1000,8000.00,8030.00,0.0500,20220301,20220901

            """,
        ["brokers/B002/events.csv"] = """
            事件编号,客户号,合约编号,事件类型,发生日期,金额,担保比例
            E0020000001,0020000002,R0020000001,违约,20220901,8000.00,

            """,
        ["registry/companies.csv"] = """
            uscc,name,legal_form,industry,region,address,registered_capital,established
            91110000600037341L,华新贸易有限公司,有限责任公司,批发,31,上海,10000000.00,2001-05-06
            71310106424845496E,华新控股有限公司,有限责任公司,投资,31,上海,50000000.00,1999-01-02

            """,
        ["registry/persons.csv"] = """
            person_no,name,id_number,birth_date,region
            P000001,张伟,110105********002X,1949-12-31,31
            P000002,王芳,440524188001010014,,44

            """,
        ["registry/name_changes.csv"] = "uscc,changed_on,former_name,new_name\n91110000600037341L,2019-02-03,华新商行,华新贸易有限公司\n",
        ["registry/status_changes.csv"] = "uscc,since,status\n91110000600037341L,2024-02-03,经营异常\n",
        ["registry/financials.csv"] = """
            uscc,period_end,published_on,total_assets,total_liabilities,revenue,net_profit,operating_cash_flow
            91110000600037341L,2021-12-31,2022-04-30,100.00,60.00,80.00,5.00,4.00
            91110000600037341L,2022-12-31,2023-04-30,120.00,90.00,70.00,-5.00,-4.00

            """,
        ["registry/shareholders.csv"] = """
            record_no,company_uscc,holder_kind,holder_no,holder_name,share_pct,votes_pct,amount,valid_from,valid_to
            S1,91110000600037341L,COMPANY,71310106424845496E,华新控股有限公司,33.3333,40,3333333.00,2001-05-06,2020-01-01
            S2,91110000600037341L,PERSON,P000001,张伟,66.6667,60,6666667.00,2001-05-06,

            """,
        ["registry/officers.csv"] = "record_no,company_uscc,person_no,name,position,valid_from,valid_to\nO1,91110000600037341L,P000001,张伟,法定代表人,2001-05-06,\n",
        ["registry/agreements.csv"] = """
            agreement_no,party_kind,party_no,company_uscc,signed_on,ended_on
            A1,PERSON,P000001,91110000600037341L,2020-01-01,2023-01-01
            A1,COMPANY,71310106424845496E,91110000600037341L,2020-01-01,2023-01-01

            """,
        ["registry/guarantees.csv"] = """
            guarantee_no,guarantor_kind,guarantor_no,debtor_kind,debtor_no,amount,currency,form,valid_from,valid_to
            G1,COMPANY,71310106424845496E,COMPANY,91110000600037341L,2000000.00,CNY,连带责任,2021-01-01,2024-01-01

            """,
        ["exchange/issuers.csv"] = "uscc,name,short_name,industry,region,listed_on\n71310106424845496E,华新控股有限公司,华新控股,投资,31,2010-03-04\n",
        ["exchange/securities.csv"] = """
            security_code,name,kind,issuer_uscc,board,total_shares,float_shares,haircut,listed_on
            600001.SH,华新控股,A_SHARE,71310106424845496E,SSE,100000000,80000000,0.6500,2010-03-04
            510001.SH,红利ETF,ETF,,SSE,1000000,1000000,0.9000,2012-03-04

            """,
        ["exchange/prices.csv"] = """
            security_code,trade_date,close,suspended
            600001.SH,2022-03-30,9.50,0
            600001.SH,2022-03-31,9.00,1

            """,
        ["lists/dishonest.ndjson"] = """
            {"entry_no":"DX1","name":"华新贸易有限公司","card_number":"911100006000****1L","party_kind":"COMPANY","court":"上海市浦东新区人民法院","area":"上海","case_no":"（2022）沪0115执1234号","basis_no":"（2021）沪0115民初99号","basis_issuer":"上海市浦东新区人民法院","duty":"支付货款","performance":"全部未履行","behaviour":"有履行能力而拒不履行","filed_on":"2022-05-01","published_on":"2022-06-01","expires_on":"2024-06-01","removed_on":"2023-01-01","legal_representative":"张某某"}

            """,
        ["lists/enforcement.ndjson"] = """
            {"entry_no":"EN1","name":"张伟","card_number":"1101051949****002X","party_kind":"PERSON","court":"北京市朝阳区人民法院","case_no":"(2024)京0105执567号","filed_on":"20240709","amount":1234567.89,"status":"执行中"}

            """,
        ["lists/restrictions.ndjson"] = """
            {"entry_no":"RS1","company":"华新贸易有限公司","legal_representative":"张伟","applicant":"某银行","amount":"-","court":"上海市浦东新区人民法院","case_no":"（2022）沪0115执1234号","filed_on":"2022-05-01","published_on":1654041600000}

            """,
        ["lists/regulatory.ndjson"] = """
            {"entry_no":"RG1","name":"王芳","name_latin":"Wang Fang","party_kind":"PERSON","id_number":"440524188001010014","birth_date":null,"authority":"中国证监会","measure":"市场禁入5年","published_on":"2021-01-01","expires_on":"2026-01-01"}

            """,
        ["truth/entities.csv"] = "source,record_key,kind,entity\nregistry,P000001,PERSON,1\n",
        ["README.md"] = "# nothing to import\n",
    };

    public static void WriteTo(ImportBench bench)
    {
        foreach (var (path, text) in Files) bench.Write(path, text);
    }
}
