export { OtpModule } from './lib/otp.module';
